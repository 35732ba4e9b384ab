package io.tollgate.rpc;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How many connections the gRPC server keeps, and for how long.
 *
 * @param max open connections; more are closed as they come
 * @param callsMax calls of one connection at one time
 * @param handshake time to become a connection of HTTP/2
 * @param idle how long one without calls stays open
 * @param age how long one stays open; callers then connect again, perhaps to another process
 * @param ageGrace time for the calls of one that is too old
 * @param ping after how much silence we ask whether the other side is there
 * @param pingWait how long we wait for its answer
 * @param pingEvery how often callers may ask us
 */
public record RpcConnectionLimits(
    int max,
    int callsMax,
    Duration handshake,
    Duration idle,
    Duration age,
    Duration ageGrace,
    Duration ping,
    Duration pingWait,
    Duration pingEvery) {
  public static final Setting<Integer> MAX =
      Setting.number("grpc.connections", 1000, 1, 1_000_000, "Open connections of gRPC");
  public static final Setting<Integer> CALLS_MAX =
      Setting.number(
          "grpc.connection.calls", 128, 1, 100_000, "gRPC calls of one connection at one time");
  public static final Setting<Integer> HANDSHAKE =
      milliseconds("grpc.handshake.ms", 10_000, "Time for a gRPC connection to be made, ms");
  public static final Setting<Integer> IDLE =
      milliseconds("grpc.idle.ms", 300_000, "Life of a gRPC connection without calls, ms");
  public static final Setting<Integer> AGE =
      milliseconds("grpc.connection.age.ms", 3_600_000, "Life of a gRPC connection, ms");
  public static final Setting<Integer> AGE_GRACE =
      milliseconds(
          "grpc.connection.grace.ms", 30_000, "Time for the calls of a connection at its end, ms");
  public static final Setting<Integer> PING =
      milliseconds(
          "grpc.ping.ms", 60_000, "Silence after which a gRPC connection is asked for life, ms");
  public static final Setting<Integer> PING_WAIT =
      milliseconds("grpc.ping.wait.ms", 20_000, "Time for the answer to that, ms");
  public static final Setting<Integer> PING_EVERY =
      milliseconds("grpc.ping.every.ms", 10_000, "Least time between two pings of a caller, ms");

  public RpcConnectionLimits {
    requireNonNull(handshake, "handshake is null");
    requireNonNull(idle, "idle is null");
    requireNonNull(age, "age is null");
    requireNonNull(ageGrace, "ageGrace is null");
    requireNonNull(ping, "ping is null");
    requireNonNull(pingWait, "pingWait is null");
    requireNonNull(pingEvery, "pingEvery is null");
  }

  private static Setting<Integer> milliseconds(String name, int value, String description) {
    return Setting.number(name, value, 50, 86_400_000, description);
  }

  static List<Setting<?>> settings() {
    return List.of(MAX, CALLS_MAX, HANDSHAKE, IDLE, AGE, AGE_GRACE, PING, PING_WAIT, PING_EVERY);
  }

  static RpcConnectionLimits from(Settings settings) {
    return new RpcConnectionLimits(
        settings.get(MAX),
        settings.get(CALLS_MAX),
        Duration.ofMillis(settings.get(HANDSHAKE)),
        Duration.ofMillis(settings.get(IDLE)),
        Duration.ofMillis(settings.get(AGE)),
        Duration.ofMillis(settings.get(AGE_GRACE)),
        Duration.ofMillis(settings.get(PING)),
        Duration.ofMillis(settings.get(PING_WAIT)),
        Duration.ofMillis(settings.get(PING_EVERY)));
  }
}
