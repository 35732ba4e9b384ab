package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * Bounds of what clients keep open to follow their numbers.
 *
 * @param connectionsMax streams and WebSockets of this process
 * @param userConnectionsMax those of one user
 * @param behindMax events that a slow client may be behind; beyond it, it gets a fresh snapshot
 * @param queueBytes what may wait to be written to one client
 * @param messageBytes of a message that a client sends
 * @param heartbeat how often clients of streams hear from us, and those of WebSockets are pinged
 * @param silence after which a WebSocket is taken for gone
 * @param tokenCheck how often it is looked whether a token is still good
 * @param devicesBeat how often a process with devices says that it runs; believed for three of them
 */
record SyncConfig(
    int connectionsMax,
    int userConnectionsMax,
    int behindMax,
    int queueBytes,
    int messageBytes,
    Duration heartbeat,
    Duration silence,
    Duration tokenCheck,
    Duration devicesBeat) {
  private static final Setting<Integer> CONNECTIONS_MAX =
      Setting.number(
          "sync.connections.max",
          20_000,
          1,
          10_000_000,
          "streams and WebSockets of clients that one process keeps open");
  private static final Setting<Integer> USER_CONNECTIONS_MAX =
      Setting.number(
          "sync.user.connections.max", 50, 1, 100_000, "streams and WebSockets of one user");
  private static final Setting<Integer> BEHIND_MAX =
      Setting.number(
          "sync.behind.max",
          500,
          1,
          100_000,
          "events that a slow client may be behind before it gets a fresh snapshot instead");
  private static final Setting<Integer> QUEUE_BYTES =
      Setting.number(
          "sync.queue.bytes", 16_384, 1_024, 16_777_216, "bytes that may wait for one slow client");
  private static final Setting<Integer> MESSAGE_BYTES =
      Setting.number(
          "sync.message.bytes.max",
          16_384,
          128,
          1_048_576,
          "largest message that a client of a WebSocket may send, bytes");
  private static final Setting<Integer> HEARTBEAT_MS =
      Setting.number(
          "sync.heartbeat.ms",
          30_000,
          100,
          600_000,
          "milliseconds between heartbeats of streams, and between pings of WebSockets");
  private static final Setting<Integer> SILENCE_MS =
      Setting.number(
          "sync.silence.ms",
          75_000,
          200,
          3_600_000,
          "milliseconds of silence after which a WebSocket is closed");
  private static final Setting<Integer> TOKEN_CHECK_MS =
      Setting.number(
          "sync.token.check.ms",
          3_000,
          100,
          60_000,
          "milliseconds between looks whether the token of an open connection is still good");
  private static final Setting<Integer> DEVICES_BEAT_MS =
      Setting.number(
          "sync.devices.beat.ms",
          5_000,
          100,
          60_000,
          "milliseconds between words of a process with devices that it runs; after three without"
              + " one its devices are not listed any more");

  SyncConfig {
    requireNonNull(heartbeat, "heartbeat is null");
    requireNonNull(silence, "silence is null");
    requireNonNull(tokenCheck, "tokenCheck is null");
    requireNonNull(devicesBeat, "devicesBeat is null");
  }

  static List<Setting<?>> settings() {
    return List.of(
        CONNECTIONS_MAX,
        USER_CONNECTIONS_MAX,
        BEHIND_MAX,
        QUEUE_BYTES,
        MESSAGE_BYTES,
        HEARTBEAT_MS,
        SILENCE_MS,
        TOKEN_CHECK_MS,
        DEVICES_BEAT_MS);
  }

  static SyncConfig from(Settings settings) {
    return new SyncConfig(
        settings.get(CONNECTIONS_MAX),
        settings.get(USER_CONNECTIONS_MAX),
        settings.get(BEHIND_MAX),
        settings.get(QUEUE_BYTES),
        settings.get(MESSAGE_BYTES),
        Duration.ofMillis(settings.get(HEARTBEAT_MS)),
        Duration.ofMillis(settings.get(SILENCE_MS)),
        Duration.ofMillis(settings.get(TOKEN_CHECK_MS)),
        Duration.ofMillis(settings.get(DEVICES_BEAT_MS)));
  }
}
