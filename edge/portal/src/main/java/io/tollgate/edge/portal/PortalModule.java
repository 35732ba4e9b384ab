package io.tollgate.edge.portal;

import io.tollgate.data.DataModule;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.PassportModule;
import io.tollgate.web.BrowserInterface;
import io.tollgate.web.InterfaceRoutes;
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

  private PortalModule(PortalRoutes routes) {
    this.routes = routes;
  }

  private static PortalModule open(ModuleSite site) {
    DataModule data = site.module(DataModule.class);
    return new PortalModule(
        new PortalRoutes(
            data.transactions(),
            site.module(IdentityModule.class),
            site.module(PassportModule.class),
            data.clock(),
            site.settings().get(KEYS_MAX)));
  }

  @Override
  public Offers offers() {
    return Offers.of(InterfaceRoutes.class, new InterfaceRoutes(BrowserInterface.CONSOLE, routes));
  }
}
