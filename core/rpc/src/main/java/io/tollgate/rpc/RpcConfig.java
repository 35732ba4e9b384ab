package io.tollgate.rpc;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where gRPC is served, and the bounds of its calls.
 *
 * @param bindAddress address that the server listens on
 * @param tls certificate and key; without them it speaks plaintext
 * @param messageBytes largest message that is read, unpacked
 * @param metadataBytes largest metadata of a call
 * @param callsConcurrent calls that run at one time
 * @param callsWaiting calls that wait for their turn; more are refused
 * @param turnWait how long a call without deadline waits for its turn
 * @param healthInterval how often readiness is looked at for those who watch it
 * @param stop time for calls in progress to finish when the process stops
 */
public record RpcConfig(
    String bindAddress,
    Optional<Tls> tls,
    RpcConnectionLimits connections,
    int messageBytes,
    int metadataBytes,
    int callsConcurrent,
    int callsWaiting,
    Duration turnWait,
    Duration healthInterval,
    CallLog callLog,
    Duration stop) {
  public static final Setting<String> BIND_ADDRESS =
      Setting.text("grpc.bind.address", "127.0.0.1", "Address that the gRPC server listens on");
  public static final Setting<String> TLS_CERTIFICATE =
      Setting.optionalText(
          "grpc.tls.certificate", "File with the certificates of the gRPC server, PEM");
  public static final Setting<String> TLS_KEY =
      Setting.optionalText(
          "grpc.tls.key", "File with the private key of the gRPC server, PEM (PKCS 8)");
  public static final Setting<Boolean> PLAINTEXT =
      Setting.flag(
          "grpc.plaintext",
          false,
          "Whether gRPC may be served without TLS on an address that is not loopback, as behind a"
              + " proxy that encrypts");
  public static final Setting<Integer> MESSAGE_BYTES =
      Setting.number(
          "grpc.message.bytes", 1 << 20, 1024, 64 << 20, "Largest message that is read, bytes");
  public static final Setting<Integer> METADATA_BYTES =
      Setting.number(
          "grpc.metadata.bytes", 16 << 10, 1024, 1 << 20, "Largest metadata of a call, bytes");
  public static final Setting<Integer> CALLS_CONCURRENT =
      Setting.number("grpc.calls.concurrent", 256, 1, 100_000, "gRPC calls served at one time");
  public static final Setting<Integer> CALLS_WAITING =
      Setting.number("grpc.calls.waiting", 1024, 0, 100_000, "gRPC calls waiting for their turn");
  public static final Setting<Integer> TURN_WAIT =
      Setting.number(
          "grpc.calls.wait.ms", 10_000, 1, 600_000, "Time a gRPC call waits for its turn, ms");
  public static final Setting<Integer> HEALTH_INTERVAL =
      Setting.number(
          "grpc.health.interval.ms",
          1000,
          50,
          60_000,
          "How often readiness is looked at for gRPC's health service, ms");
  public static final Setting<CallLog> CALL_LOG =
      Setting.choice(
          "grpc.access.log",
          CallLog.FAILED,
          "gRPC calls that get a line in the log: all, failed or none");
  public static final Setting<Integer> STOP =
      Setting.number("grpc.stop.ms", 30_000, 0, 600_000, "Time for gRPC calls at a stop, ms");

  /** Certificate and key, as files. */
  public record Tls(Path certificate, Path key) {}

  /** Which calls get a line in the log. */
  public enum CallLog {
    ALL,
    FAILED,
    NONE
  }

  public RpcConfig {
    requireNonNull(bindAddress, "bindAddress is null");
    requireNonNull(tls, "tls is null");
    requireNonNull(connections, "connections is null");
    requireNonNull(turnWait, "turnWait is null");
    requireNonNull(healthInterval, "healthInterval is null");
    requireNonNull(callLog, "callLog is null");
    requireNonNull(stop, "stop is null");
  }

  public static List<Setting<?>> settings() {
    return Stream.of(
            List.of(BIND_ADDRESS, TLS_CERTIFICATE, TLS_KEY, PLAINTEXT),
            RpcConnectionLimits.settings(),
            List.of(
                MESSAGE_BYTES,
                METADATA_BYTES,
                CALLS_CONCURRENT,
                CALLS_WAITING,
                TURN_WAIT,
                HEALTH_INTERVAL,
                CALL_LOG,
                STOP))
        .<Setting<?>>flatMap(List::stream)
        .toList();
  }

  /**
   * Reads the settings.
   *
   * @throws SettingsException when it would speak plaintext to other machines unasked
   */
  public static RpcConfig from(Settings settings) {
    String address = settings.get(BIND_ADDRESS);
    Optional<Tls> tls = tls(settings);
    if (tls.isEmpty() && !settings.get(PLAINTEXT) && !Loopback.contains(address)) {
      throw new SettingsException(
          "grpc.bind.address: "
              + address
              + " (expected without TLS: a loopback address; set grpc.tls.certificate and"
              + " grpc.tls.key, or grpc.plaintext true where a proxy encrypts)");
    }
    return new RpcConfig(
        address,
        tls,
        RpcConnectionLimits.from(settings),
        settings.get(MESSAGE_BYTES),
        settings.get(METADATA_BYTES),
        settings.get(CALLS_CONCURRENT),
        settings.get(CALLS_WAITING),
        Duration.ofMillis(settings.get(TURN_WAIT)),
        Duration.ofMillis(settings.get(HEALTH_INTERVAL)),
        settings.get(CALL_LOG),
        Duration.ofMillis(settings.get(STOP)));
  }

  private static Optional<Tls> tls(Settings settings) {
    Optional<String> certificate = settings.find(TLS_CERTIFICATE);
    Optional<String> key = settings.find(TLS_KEY);
    if (certificate.isPresent() != key.isPresent()) {
      throw new SettingsException(
          (certificate.isPresent() ? TLS_KEY : TLS_CERTIFICATE).name()
              + " is not set (expected: both, certificate and key, or neither)");
    }
    return certificate.map(file -> new Tls(Path.of(file), Path.of(key.orElseThrow())));
  }
}
