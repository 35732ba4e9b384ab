package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How much memory the bodies of blocking routes may take on one server, and how long one may take
 * to arrive. A body's first {@link #SMALL_BYTES} are never refused, so that whoever holds the rest
 * cannot keep others from signing in; what they may come to is bounded by the connections.
 *
 * @param deadline time for a body to arrive; after it 408
 * @param totalMib all bodies that are held at one time, MiB; more are answered 503
 * @param addressPercent share of that which callers from one address may take together
 */
public record BodyLimits(Duration deadline, int totalMib, int addressPercent) {
  /** What every request may send whoever holds how much. */
  public static final int SMALL_BYTES = 4096;

  public static final Setting<Integer> DEADLINE =
      Setting.number(
          "http.body.deadline.ms", 30_000, 50, 3_600_000, "Time for a body to arrive, ms");
  public static final Setting<Integer> TOTAL_MIB =
      Setting.number(
          "http.body.total.mib", 256, 1, 1 << 20, "Request bodies in memory at one time, MiB");
  public static final Setting<Integer> ADDRESS_PERCENT =
      Setting.number(
          "http.body.address.percent",
          50,
          1,
          100,
          "Share of http.body.total.mib that one address may take, percent");

  public BodyLimits {
    requireNonNull(deadline, "deadline is null");
  }

  static List<Setting<?>> settings() {
    return List.of(DEADLINE, TOTAL_MIB, ADDRESS_PERCENT);
  }

  static BodyLimits from(Settings settings) {
    return new BodyLimits(
        Duration.ofMillis(settings.get(DEADLINE)),
        settings.get(TOTAL_MIB),
        settings.get(ADDRESS_PERCENT));
  }

  /** Bytes that all bodies may take. */
  public long totalBytes() {
    return (long) totalMib << 20;
  }

  /** Bytes that the bodies of one address may take. */
  public long addressBytes() {
    return totalBytes() / 100 * addressPercent;
  }
}
