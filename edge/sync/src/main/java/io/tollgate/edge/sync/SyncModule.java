package io.tollgate.edge.sync;

import io.tollgate.billing.BillingModule;
import io.tollgate.data.DataModule;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.metering.MeteringModule;
import io.tollgate.web.HttpInterface;
import io.tollgate.web.InterfaceRoutes;
import io.tollgate.web.PublicAddress;
import io.tollgate.web.SessionCookie;
import java.util.List;

/** Opens the sync interface for the program. */
public final class SyncModule implements ProgramModule {
  private static final Setting<Integer> PORT =
      Setting.port("sync.port", 8_081, "Port of sync as a role of its own.");
  private static final HttpInterface SYNC =
      HttpInterface.open("sync").withOwnPort(PORT).alsoInternal();

  public static final ModuleEntry<SyncModule> ENTRY =
      ModuleEntry.of(SyncModule.class, SyncModule::open)
          .inRole("sync")
          .with(List.of(PORT))
          .stating(HttpInterface.class, List.of(SYNC));

  private final SyncRoutes routes;

  private SyncModule(SyncRoutes routes) {
    this.routes = routes;
  }

  private static SyncModule open(ModuleSite site) {
    IdentityModule identity = site.module(IdentityModule.class);
    return new SyncModule(
        new SyncRoutes(
            MeteringModule.booksOf(site),
            identity.bearers(),
            identity.tenants(),
            identity.users(),
            site.module(BillingModule.class).standings(),
            site.module(DataModule.class).clock(),
            SessionCookie.ofUsers(site.facility(PublicAddress.class))));
  }

  @Override
  public Offers offers() {
    return Offers.of(InterfaceRoutes.class, new InterfaceRoutes(SYNC, routes));
  }
}
