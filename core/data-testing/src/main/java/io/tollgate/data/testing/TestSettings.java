package io.tollgate.data.testing;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.List;
import java.util.Map;

/** Settings as a test gives them, with the defaults for the rest. */
public final class TestSettings {
  private TestSettings() {}

  /** Every setting at its default. */
  public static Settings defaults(List<Setting<?>> known) {
    return of(known, Map.of());
  }

  /**
   * Some settings given, as flags would give them.
   *
   * @throws io.tollgate.ground.config.SettingsException when one is unknown or does not parse
   */
  public static Settings of(List<Setting<?>> known, Map<String, String> given) {
    return Settings.merge(known, Map.of(), given, Map.of(), Map.of(), "tollgate.yaml");
  }
}
