package io.tollgate.relay.gateway.rig;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.List;
import java.util.Map;

/** Settings as given by a test, defaults for the rest. */
public final class GivenSettings {
  private GivenSettings() {}

  public static Settings settings(List<Setting<?>> known, Map<String, String> given) {
    return Settings.merge(known, Map.of(), given, Map.of(), Map.of(), "none");
  }
}
