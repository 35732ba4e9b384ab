package io.tollgate.metering;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * Settings of metering.
 *
 * @param durability what the meter log promises before an answer goes out
 * @param segmentBytes size of a segment of a meter log
 * @param maxPassages requests under way at once, on all event loops; more are answered {@code
 *     UNAVAILABLE}
 * @param maxWallets users whose accounts are remembered, on all event loops
 * @param keepLogs how long a meter log is kept after all of it is settled
 * @param leaseIdle what is held of an account and was not used for so long goes back
 * @param maxUnsettled records of meter logs that may wait to be booked; while there are more,
 *     requests are answered {@code UNAVAILABLE}
 */
public record MeteringConfig(
    Durability durability,
    int segmentBytes,
    int maxPassages,
    int maxWallets,
    Duration keepLogs,
    Duration leaseIdle,
    long maxUnsettled) {
  public static final Setting<Durability> DURABILITY =
      Setting.choice(
          "durability",
          Durability.PROCESS,
          "What a charge survives before its answer goes out: process (any end of the process) or"
              + " disk (the loss of power).");
  public static final Setting<Integer> SEGMENT_MIB =
      Setting.number(
          "metering.log.segment.mib",
          32,
          1,
          1024,
          "Mebibytes of one segment of a meter log at most; the first ones are smaller.");
  public static final Setting<Integer> MAX_PASSAGES =
      Setting.number("metering.passages.max", 10_000, 1, 1_000_000, "Requests under way at once.");
  public static final Setting<Integer> MAX_WALLETS =
      Setting.number(
          "metering.wallets.max",
          200_000,
          100,
          10_000_000,
          "Users whose accounts a gateway remembers.");
  public static final Setting<Integer> KEEP_HOURS =
      Setting.number(
          "metering.log.keep.hours",
          24,
          1,
          24 * 366,
          "Hours that a meter log is kept after all of it is settled.");
  public static final Setting<Integer> LEASE_IDLE_MS =
      Setting.number(
          "metering.lease.idle.ms",
          600_000,
          100,
          3_600_000,
          "Milliseconds after which what a gateway holds of an account and does not use goes back.");

  public static final Setting<Integer> MAX_UNSETTLED =
      Setting.number(
          "metering.unsettled.max",
          20_000_000,
          1_000,
          1_000_000_000,
          "Records of meter logs (two to a request, about 200 bytes each) that may wait to be"
              + " booked.");

  public static List<Setting<?>> settings() {
    return List.of(
        DURABILITY,
        SEGMENT_MIB,
        MAX_PASSAGES,
        MAX_WALLETS,
        KEEP_HOURS,
        LEASE_IDLE_MS,
        MAX_UNSETTLED);
  }

  public static MeteringConfig from(Settings settings) {
    return new MeteringConfig(
        settings.get(DURABILITY),
        settings.get(SEGMENT_MIB) << 20,
        settings.get(MAX_PASSAGES),
        settings.get(MAX_WALLETS),
        Duration.ofHours(settings.get(KEEP_HOURS)),
        Duration.ofMillis(settings.get(LEASE_IDLE_MS)),
        settings.get(MAX_UNSETTLED));
  }
}
