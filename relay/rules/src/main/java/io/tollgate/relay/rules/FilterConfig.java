package io.tollgate.relay.rules;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.List;

/**
 * Bounds of what tenants' filters are asked.
 *
 * @param maxBytes largest question, and largest answer
 */
public record FilterConfig(int maxBytes) {
  private static final int MIB = 1 << 20;

  public static final Setting<Integer> MAX_BYTES =
      Setting.number(
          "relay.filter.bytes.max",
          4 * MIB,
          1024,
          64 * MIB,
          "largest request or answer that a filter is asked about, and largest that it answers,"
              + " bytes");

  public static List<Setting<?>> settings() {
    return List.of(MAX_BYTES);
  }

  public static FilterConfig from(Settings settings) {
    return new FilterConfig(settings.get(MAX_BYTES));
  }
}
