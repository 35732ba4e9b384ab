package io.tollgate.edge.portal;

import io.tollgate.billing.CodesModule;
import io.tollgate.billing.SubscriptionsModule;
import io.tollgate.data.DataModule;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.PassportModule;
import io.tollgate.insight.InsightModule;
import io.tollgate.web.BrowserInterface;
import io.tollgate.web.InterfaceRoutes;
import io.tollgate.web.PublicAddress;
import io.tollgate.web.SessionCookie;
import io.tollgate.web.SignInShelter;
import java.util.List;

/** Opens the users' own interface for the program. */
public final class PortalModule implements ProgramModule {
  private static final Setting<Integer> KEYS_MAX =
      Setting.number(
          "portal.keys.max",
          50,
          1,
          250,
          "API keys that a user may have, those that have ended left aside.");

  public static final ModuleEntry<PortalModule> ENTRY =
      ModuleEntry.of(PortalModule.class, PortalModule::open)
          .inRole("console")
          .with(List.of(KEYS_MAX));

  private final PortalRoutes routes;
  private final MySubscriptionRoutes subscriptions;
  private final MyRequestRoutes requests;

  private PortalModule(
      PortalRoutes routes, MySubscriptionRoutes subscriptions, MyRequestRoutes requests) {
    this.routes = routes;
    this.subscriptions = subscriptions;
    this.requests = requests;
  }

  private static PortalModule open(ModuleSite site) {
    DataModule data = site.module(DataModule.class);
    return new PortalModule(
        new PortalRoutes(
            data.transactions(),
            site.module(IdentityModule.class),
            site.module(PassportModule.class),
            SignInShelter.of(site.facility(PublicAddress.class)),
            data.clock(),
            site.settings().get(KEYS_MAX)),
        subscriptions(site),
        requests(site));
  }

  private static MySubscriptionRoutes subscriptions(ModuleSite site) {
    IdentityModule identity = site.module(IdentityModule.class);
    SubscriptionsModule selling = site.module(SubscriptionsModule.class);
    SessionCookie cookie =
        SessionCookie.ofUsers(site.module(PassportModule.class).address().secure());
    return new MySubscriptionRoutes(
        site.module(DataModule.class).transactions(),
        identity.tenants(),
        selling.plans(),
        selling.subscriptions(),
        site.module(CodesModule.class).codes(),
        new PortalGate(identity.userSessions(), cookie));
  }

  private static MyRequestRoutes requests(ModuleSite site) {
    InsightModule log = site.module(InsightModule.class);
    SessionCookie cookie =
        SessionCookie.ofUsers(site.module(PassportModule.class).address().secure());
    return new MyRequestRoutes(
        log.requests(),
        log.exportRowsMax(),
        new PortalGate(site.module(IdentityModule.class).userSessions(), cookie));
  }

  @Override
  public Offers offers() {
    return Offers.of(InterfaceRoutes.class, new InterfaceRoutes(BrowserInterface.CONSOLE, routes))
        .and(InterfaceRoutes.class, new InterfaceRoutes(BrowserInterface.CONSOLE, subscriptions))
        .and(InterfaceRoutes.class, new InterfaceRoutes(BrowserInterface.CONSOLE, requests));
  }
}
