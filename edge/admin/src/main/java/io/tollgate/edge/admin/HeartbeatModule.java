package io.tollgate.edge.admin;

import io.tollgate.data.DataModule;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.web.BrowserInterface;
import io.tollgate.web.CenterToken;
import io.tollgate.web.InterfaceRoutes;
import io.tollgate.web.WebConfig;

/** Hears execution nodes, for the program: where administrators are served. */
public final class HeartbeatModule implements ProgramModule {
  public static final ModuleEntry<HeartbeatModule> ENTRY =
      ModuleEntry.of(HeartbeatModule.class, HeartbeatModule::open)
          .inRole("console")
          .with(CenterToken.settings());

  private final HeartbeatRoutes routes;

  private HeartbeatModule(HeartbeatRoutes routes) {
    this.routes = routes;
  }

  private static HeartbeatModule open(ModuleSite site) {
    boolean loopback = WebConfig.from(site.settings()).isLoopback();
    return new HeartbeatModule(
        new HeartbeatRoutes(
            site.module(DataModule.class).transactions(),
            site.module(EngineModule.class).nodes(),
            CenterToken.from(site.settings(), loopback)));
  }

  @Override
  public Offers offers() {
    return Offers.of(InterfaceRoutes.class, new InterfaceRoutes(BrowserInterface.CONSOLE, routes));
  }
}
