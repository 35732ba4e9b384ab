package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How gateways share the limits of keys.
 *
 * @param interval how often each tells what it uses, and asks for what it needs
 * @param slicePercent of a limit, which each may use without having asked
 * @param away how long it goes on with what it was handed out when the database does not answer
 */
public record RateSharingConfig(Duration interval, int slicePercent, Duration away) {
  static final Setting<Integer> INTERVAL_MS =
      Setting.number(
          "identity.rates.share.ms",
          500,
          50,
          10_000,
          "Milliseconds after which a gateway tells others what it uses of keys' limits, and asks"
              + " for what it needs.");
  static final Setting<Integer> SLICE_PERCENT =
      Setting.number(
          "identity.rates.slice.percent",
          5,
          1,
          10,
          "Percent of a key's limit that each of several gateways may use without having asked.");
  static final Setting<Integer> AWAY_SECONDS =
      Setting.number(
          "identity.rates.away.seconds",
          300,
          5,
          3_600,
          "Seconds for which a gateway goes on with its part of keys' limits when the database does"
              + " not answer.");

  public RateSharingConfig {
    requireNonNull(interval, "interval is null");
    requireNonNull(away, "away is null");
  }

  static List<Setting<?>> settings() {
    return List.of(INTERVAL_MS, SLICE_PERCENT, AWAY_SECONDS);
  }

  static RateSharingConfig from(Settings settings) {
    return new RateSharingConfig(
        Duration.ofMillis(settings.get(INTERVAL_MS)),
        settings.get(SLICE_PERCENT),
        Duration.ofSeconds(settings.get(AWAY_SECONDS)));
  }

  /** What each may use of a limit without having asked: at least one. */
  public long slice(long limit) {
    return Math.max(1, limit / 100 * slicePercent + limit % 100 * slicePercent / 100);
  }

  /**
   * After how long without a word nobody counts with a gateway any more: it has stopped using its
   * part by then, and what it used has left every window.
   */
  public Duration gone() {
    return away.plusSeconds(75);
  }
}
