package io.tollgate.relay.gateway;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.List;

/**
 * Bounds of what is fetched for providers that read no addresses.
 *
 * @param maxBytes of all that one request names
 * @param maxCount of addresses in one request
 * @param maxMs until all of it has come
 */
public record MediaConfig(int maxBytes, int maxCount, int maxMs) {
  private static final int MIB = 1 << 20;

  public static final Setting<Integer> MAX_BYTES =
      Setting.number(
          "relay.media.bytes.max",
          20 * MIB,
          1024,
          256 * MIB,
          "most bytes fetched for one request that names pictures by address");
  public static final Setting<Integer> MAX_COUNT =
      Setting.number(
          "relay.media.count.max", 16, 0, 1000, "most addresses fetched for one request; 0: none");
  public static final Setting<Integer> MAX_MS =
      Setting.number(
          "relay.media.ms", 10_000, 100, 600_000, "what is fetched must have come within");

  public static List<Setting<?>> settings() {
    return List.of(MAX_BYTES, MAX_COUNT, MAX_MS);
  }

  public static MediaConfig from(Settings settings) {
    return new MediaConfig(settings.get(MAX_BYTES), settings.get(MAX_COUNT), settings.get(MAX_MS));
  }
}
