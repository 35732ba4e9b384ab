package io.tollgate.relay.gateway;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.List;

/**
 * Bounds of realtime sessions.
 *
 * @param sessionsMax open sessions of this gateway
 * @param frameBytes of one frame that a caller sends
 * @param messageBytes of one message, either way
 * @param fragmentsMax frames of one message
 * @param idleMs a session without a message either way is ended after
 * @param totalMs longest session
 * @param pingMs how often both sides are asked whether they are there; who is silent for three
 *     times as long is taken for gone
 * @param settleMs how long a session that ends waits for responses that it has cancelled
 * @param stopMs how long running responses may go on when the gateway stops
 */
public record RealtimeConfig(
    int sessionsMax,
    int frameBytes,
    int messageBytes,
    int fragmentsMax,
    int idleMs,
    int totalMs,
    int pingMs,
    int settleMs,
    int stopMs) {
  private static final int MIB = 1 << 20;
  private static final int HOUR_MS = 3_600_000;

  public static final Setting<Integer> SESSIONS_MAX =
      Setting.number(
          "relay.realtime.sessions.max", 1_000, 0, 1_000_000, "open realtime sessions; 0: none");
  public static final Setting<Integer> FRAME_BYTES =
      Setting.number(
          "relay.realtime.frame.bytes.max",
          4 * MIB,
          1024,
          256 * MIB,
          "largest frame that a caller of a realtime session may send, bytes");
  public static final Setting<Integer> MESSAGE_BYTES =
      Setting.number(
          "relay.realtime.message.bytes.max",
          16 * MIB,
          1024,
          256 * MIB,
          "largest message of a realtime session, bytes");
  public static final Setting<Integer> FRAGMENTS_MAX =
      Setting.number(
          "relay.realtime.fragments.max",
          10_000,
          1,
          1_000_000,
          "most frames of one message of a realtime session");
  public static final Setting<Integer> IDLE_MS =
      Setting.number(
          "relay.realtime.idle.ms",
          900_000,
          100,
          24 * HOUR_MS,
          "a realtime session without a message is ended after, ms");
  public static final Setting<Integer> TOTAL_MS =
      Setting.number(
          "relay.realtime.total.ms", HOUR_MS, 100, 24 * HOUR_MS, "longest realtime session, ms");
  public static final Setting<Integer> PING_MS =
      Setting.number(
          "relay.realtime.ping.ms",
          20_000,
          100,
          HOUR_MS,
          "how often both sides of a realtime session are asked whether they are there; who is"
              + " silent for three times as long is taken for gone, ms");
  public static final Setting<Integer> SETTLE_MS =
      Setting.number(
          "relay.realtime.settle.ms",
          10_000,
          100,
          HOUR_MS,
          "how long a realtime session that ends waits for the usage of what it has cancelled, ms");
  public static final Setting<Integer> STOP_MS =
      Setting.number(
          "relay.realtime.stop.ms",
          15_000,
          0,
          HOUR_MS,
          "how long running responses of realtime sessions may go on when the gateway stops, ms");

  public static List<Setting<?>> settings() {
    return List.of(
        SESSIONS_MAX,
        FRAME_BYTES,
        MESSAGE_BYTES,
        FRAGMENTS_MAX,
        IDLE_MS,
        TOTAL_MS,
        PING_MS,
        SETTLE_MS,
        STOP_MS);
  }

  public static RealtimeConfig from(Settings settings) {
    return new RealtimeConfig(
        settings.get(SESSIONS_MAX),
        settings.get(FRAME_BYTES),
        settings.get(MESSAGE_BYTES),
        settings.get(FRAGMENTS_MAX),
        settings.get(IDLE_MS),
        settings.get(TOTAL_MS),
        settings.get(PING_MS),
        settings.get(SETTLE_MS),
        settings.get(STOP_MS));
  }
}
