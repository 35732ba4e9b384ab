package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How many connections one server keeps open, and how long one may do nothing.
 *
 * @param max open connections; more are answered 503 and closed
 * @param addressPercent share of them that one address (IPv6: one /64 network) may have open
 * @param idle how long a connection without a request stays open
 * @param writeStall how long a caller may leave an answer unread before the connection is closed
 * @param drain how long a caller who was answered before the body had come may go on sending it
 * @param drainMib how much of such a body is read and thrown away before the connection is cut, MiB
 */
public record ConnectionLimits(
    int max, int addressPercent, Duration idle, Duration writeStall, Duration drain, int drainMib) {
  public static final Setting<Integer> MAX =
      Setting.number("http.connections", 10_000, 1, 1_000_000, "Open connections per server");
  public static final Setting<Integer> ADDRESS_PERCENT =
      Setting.number(
          "http.connections.address.percent",
          75,
          1,
          100,
          "Share of http.connections that one address may have open, percent");
  public static final Setting<Integer> IDLE =
      Setting.number(
          "http.idle.ms", 75_000, 50, 3_600_000, "Life of a connection without a request, ms");
  public static final Setting<Integer> WRITE_STALL =
      Setting.number(
          "http.write.stall.ms", 60_000, 50, 3_600_000, "Time an answer may stay unread, ms");
  public static final Setting<Integer> DRAIN =
      Setting.number(
          "http.drain.ms",
          3000,
          50,
          600_000,
          "Time to go on sending a body that was answered before it had come, ms");
  public static final Setting<Integer> DRAIN_MIB =
      Setting.number(
          "http.drain.mib", 64, 1, 4096, "What is read and thrown away of such a body, MiB");

  public ConnectionLimits {
    requireNonNull(idle, "idle is null");
    requireNonNull(writeStall, "writeStall is null");
    requireNonNull(drain, "drain is null");
  }

  static List<Setting<?>> settings() {
    return List.of(MAX, ADDRESS_PERCENT, IDLE, WRITE_STALL, DRAIN, DRAIN_MIB);
  }

  static ConnectionLimits from(Settings settings) {
    return new ConnectionLimits(
        settings.get(MAX),
        settings.get(ADDRESS_PERCENT),
        Duration.ofMillis(settings.get(IDLE)),
        Duration.ofMillis(settings.get(WRITE_STALL)),
        Duration.ofMillis(settings.get(DRAIN)),
        settings.get(DRAIN_MIB));
  }

  /** Connections that one address may have open: at least one. */
  public int addressMax() {
    return (int) Math.max(1, (long) max * addressPercent / 100);
  }
}
