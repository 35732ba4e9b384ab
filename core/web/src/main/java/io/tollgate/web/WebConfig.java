package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * Limits and deadlines of every server of one process.
 *
 * @param bindAddress address that all servers listen on
 * @param eventLoops event loops; 0 for one per processor
 * @param connections open connections per server; more are answered 503 and closed
 * @param requestLineBytes length of the first line of a request; more is answered 414
 * @param headerBytes length of all headers of a request; more is answered 431
 * @param headerCount number of headers of a request; more is answered 431
 * @param headerDeadline time for the headers of a request to arrive; after it 408
 * @param bodyDeadline time for the body of a blocking route to arrive; after it 408
 * @param bodyTotalMib bodies held in memory at one time per server, MiB; more are answered 503
 * @param idle how long a connection without a request stays open
 * @param writeStall how long a caller may leave an answer unread before the connection is closed
 * @param blockingConcurrent blocking routes that run at one time
 * @param blockingWaiting blocking routes that wait for their turn; more are answered 503
 * @param accessLog which requests get a line in the log
 * @param proxies who is believed about whose request they pass on
 * @param stop time for requests in progress to finish when the process stops
 */
public record WebConfig(
    String bindAddress,
    int eventLoops,
    int connections,
    int requestLineBytes,
    int headerBytes,
    int headerCount,
    Duration headerDeadline,
    Duration bodyDeadline,
    int bodyTotalMib,
    Duration idle,
    Duration writeStall,
    int blockingConcurrent,
    int blockingWaiting,
    AccessLog accessLog,
    TrustedProxies proxies,
    Duration stop) {
  public static final Setting<String> BIND_ADDRESS =
      Setting.text("bind.address", "127.0.0.1", "Address that the servers listen on");
  public static final Setting<Integer> EVENT_LOOPS =
      Setting.number("http.event.loops", 0, 0, 256, "Event loops; 0: one per processor");
  public static final Setting<Integer> CONNECTIONS =
      Setting.number("http.connections", 10_000, 1, 1_000_000, "Open connections per server");
  public static final Setting<Integer> REQUEST_LINE_BYTES =
      Setting.number(
          "http.request.line.bytes", 8192, 256, 1 << 20, "Length of a request's first line, bytes");
  public static final Setting<Integer> HEADER_BYTES =
      Setting.number(
          "http.header.bytes", 65_536, 1024, 1 << 20, "Length of a request's headers, bytes");
  public static final Setting<Integer> HEADER_COUNT =
      Setting.number("http.header.count", 200, 10, 10_000, "Number of a request's headers");
  public static final Setting<Integer> HEADER_DEADLINE =
      Setting.number(
          "http.header.deadline.ms", 10_000, 50, 600_000, "Time for headers to arrive, ms");
  public static final Setting<Integer> BODY_DEADLINE =
      Setting.number(
          "http.body.deadline.ms", 30_000, 50, 3_600_000, "Time for a body to arrive, ms");
  public static final Setting<Integer> BODY_TOTAL_MIB =
      Setting.number(
          "http.body.total.mib", 256, 1, 1 << 20, "Request bodies in memory at one time, MiB");
  public static final Setting<Integer> IDLE =
      Setting.number(
          "http.idle.ms", 75_000, 50, 3_600_000, "Life of a connection without a request, ms");
  public static final Setting<Integer> WRITE_STALL =
      Setting.number(
          "http.write.stall.ms", 60_000, 50, 3_600_000, "Time an answer may stay unread, ms");
  public static final Setting<Integer> BLOCKING_CONCURRENT =
      Setting.number(
          "http.blocking.concurrent", 256, 1, 100_000, "Blocking requests served at one time");
  public static final Setting<Integer> BLOCKING_WAITING =
      Setting.number(
          "http.blocking.waiting", 1024, 0, 100_000, "Blocking requests waiting for their turn");
  public static final Setting<AccessLog> ACCESS_LOG =
      Setting.choice(
          "http.access.log",
          AccessLog.FAILED,
          "Requests that get a line in the log: all, failed or none; the relay's own lines are"
              + " apart");
  public static final Setting<ForwardedHeader> PROXY_HEADER =
      Setting.choice(
          "http.proxy.header",
          ForwardedHeader.X_FORWARDED_FOR,
          "Header in which trusted proxies name the caller: x-forwarded-for or forwarded");
  public static final Setting<TrustedProxies> TRUSTED_PROXIES =
      new Setting<>(
          "http.trusted.proxies",
          "Proxies (addresses and blocks such as 10.0.0.0/8, with commas) that are believed when"
              + " they name the caller; without any, the caller is who opens the connection",
          "",
          text -> TrustedProxies.parse(text, ForwardedHeader.X_FORWARDED_FOR),
          false);
  public static final Setting<Integer> STOP =
      Setting.number(
          "http.stop.ms", 30_000, 0, 600_000, "Time for requests in progress at a stop, ms");

  public WebConfig {
    requireNonNull(bindAddress, "bindAddress is null");
    requireNonNull(headerDeadline, "headerDeadline is null");
    requireNonNull(bodyDeadline, "bodyDeadline is null");
    requireNonNull(idle, "idle is null");
    requireNonNull(writeStall, "writeStall is null");
    requireNonNull(accessLog, "accessLog is null");
    requireNonNull(proxies, "proxies is null");
    requireNonNull(stop, "stop is null");
  }

  public static List<Setting<?>> settings() {
    return List.of(
        BIND_ADDRESS,
        EVENT_LOOPS,
        CONNECTIONS,
        REQUEST_LINE_BYTES,
        HEADER_BYTES,
        HEADER_COUNT,
        HEADER_DEADLINE,
        BODY_DEADLINE,
        BODY_TOTAL_MIB,
        IDLE,
        WRITE_STALL,
        BLOCKING_CONCURRENT,
        BLOCKING_WAITING,
        ACCESS_LOG,
        PROXY_HEADER,
        TRUSTED_PROXIES,
        STOP);
  }

  public static WebConfig from(Settings settings) {
    return new WebConfig(
        settings.get(BIND_ADDRESS),
        settings.get(EVENT_LOOPS),
        settings.get(CONNECTIONS),
        settings.get(REQUEST_LINE_BYTES),
        settings.get(HEADER_BYTES),
        settings.get(HEADER_COUNT),
        Duration.ofMillis(settings.get(HEADER_DEADLINE)),
        Duration.ofMillis(settings.get(BODY_DEADLINE)),
        settings.get(BODY_TOTAL_MIB),
        Duration.ofMillis(settings.get(IDLE)),
        Duration.ofMillis(settings.get(WRITE_STALL)),
        settings.get(BLOCKING_CONCURRENT),
        settings.get(BLOCKING_WAITING),
        settings.get(ACCESS_LOG),
        settings.get(TRUSTED_PROXIES).in(settings.get(PROXY_HEADER)),
        Duration.ofMillis(settings.get(STOP)));
  }

  /** Event loops in fact: one per processor where 0 is set. */
  public int loops() {
    return eventLoops == 0 ? Runtime.getRuntime().availableProcessors() : eventLoops;
  }
}
