package io.tollgate.relay.accounts;

import io.tollgate.ground.config.Settings;
import java.util.Map;

/** Settings of tests. */
public final class TestConfig {
  private TestConfig() {}

  /** The usual ones but for some. */
  public static AccountsConfig with(Map<String, String> given) {
    return AccountsConfig.from(
        Settings.merge(AccountsConfig.settings(), Map.of(), given, Map.of(), Map.of(), "none"));
  }
}
