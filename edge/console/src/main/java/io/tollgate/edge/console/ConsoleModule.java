package io.tollgate.edge.console;

import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.web.BrowserInterface;
import io.tollgate.web.InterfaceRoutes;
import io.tollgate.web.PublicAddress;

/** Opens the pages for browsers, console and portal, for the program. */
public final class ConsoleModule implements ProgramModule {
  public static final ModuleEntry<ConsoleModule> ENTRY =
      ModuleEntry.of(ConsoleModule.class, ConsoleModule::open).inRole("console");

  private final ConsoleRoutes routes;

  private ConsoleModule(ConsoleRoutes routes) {
    this.routes = routes;
  }

  private static ConsoleModule open(ModuleSite site) {
    PublicAddress address = site.facility(PublicAddress.class);
    return new ConsoleModule(
        new ConsoleRoutes(SiteFiles.built(), () -> address.url().startsWith("https:")));
  }

  @Override
  public Offers offers() {
    return Offers.of(InterfaceRoutes.class, new InterfaceRoutes(BrowserInterface.CONSOLE, routes));
  }
}
