package io.tollgate.metering;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * Settings of metering.
 *
 * @param mostPassages requests under way at once; more are answered {@code UNAVAILABLE}
 * @param settleWait how long a caller's last byte waits for a database that does not answer
 */
public record MeteringConfig(int mostPassages, Duration settleWait) {
  public static final Setting<Integer> MOST_PASSAGES =
      Setting.number("metering.passages.most", 10_000, 1, 1_000_000, "Requests under way at once.");
  public static final Setting<Integer> SETTLE_WAIT =
      Setting.number(
          "metering.settle.wait.ms",
          5_000,
          0,
          60_000,
          "Milliseconds that an answer's last byte waits for a database that does not answer.");

  public static List<Setting<?>> settings() {
    return List.of(MOST_PASSAGES, SETTLE_WAIT);
  }

  public static MeteringConfig from(Settings settings) {
    return new MeteringConfig(
        settings.get(MOST_PASSAGES), Duration.ofMillis(settings.get(SETTLE_WAIT)));
  }
}
