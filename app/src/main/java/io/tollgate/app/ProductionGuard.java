package io.tollgate.app;

import io.tollgate.data.DataModule;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.identity.IdentityModule;
import io.tollgate.relay.accounts.SandboxAccounts;
import java.util.ArrayList;
import java.util.List;

/**
 * Refuses to serve in production while credentials that a demo made still work: everybody knows its
 * passwords, and whoever had the directory knows its keys.
 */
final class ProductionGuard {
  private ProductionGuard() {}

  /**
   * Looks through the database.
   *
   * @throws StartException naming what is there and how to be rid of it
   */
  static void check(ModuleSite site) {
    List<String> found =
        new ArrayList<>(
            site.module(IdentityModule.class).knownCredentials().open(DemoData.known()));
    int sandboxes = site.module(DataModule.class).transactions().read(SandboxAccounts::enabled);
    if (sandboxes > 0) {
      found.add("sandbox provider, whose answers are made up");
    }
    if (!found.isEmpty()) {
      throw new StartException(
          "env production, and the database holds what a demo made: "
              + String.join("; ", found)
              + ". Take it out with: ./tollgate demo remove --data-dir "
              + site.dataDirectory());
    }
  }
}
