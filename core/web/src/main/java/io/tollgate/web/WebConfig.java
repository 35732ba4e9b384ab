package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.IpLiteral;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Limits and deadlines of every server of one process.
 *
 * @param bindAddress address that all servers listen on
 * @param eventLoops event loops; 0 for one per processor
 * @param head of a request's first line and headers
 * @param bodies of bodies that blocking routes read
 * @param connections of connections
 * @param blockingConcurrent blocking routes that run at one time
 * @param blockingWaiting blocking routes that wait for their turn; more are answered 503
 * @param accessLog which requests get a line in the log
 * @param proxies who is believed about whose request they pass on
 * @param origins web pages that may call the interfaces which are open to browsers
 * @param originsSeconds how long a browser may keep that permission
 * @param stop time for requests in progress to finish when the process stops
 */
public record WebConfig(
    String bindAddress,
    int eventLoops,
    HeadLimits head,
    BodyLimits bodies,
    ConnectionLimits connections,
    int blockingConcurrent,
    int blockingWaiting,
    AccessLog accessLog,
    TrustedProxies proxies,
    BrowserOrigins origins,
    int originsSeconds,
    Duration stop) {
  public static final Setting<String> BIND_ADDRESS =
      Setting.text("bind.address", "127.0.0.1", "Address that the servers listen on");
  public static final Setting<Integer> EVENT_LOOPS =
      Setting.number("http.event.loops", 0, 0, 256, "Event loops; 0: one per processor");
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
    requireNonNull(head, "head is null");
    requireNonNull(bodies, "bodies is null");
    requireNonNull(connections, "connections is null");
    requireNonNull(accessLog, "accessLog is null");
    requireNonNull(proxies, "proxies is null");
    requireNonNull(origins, "origins is null");
    requireNonNull(stop, "stop is null");
  }

  public static List<Setting<?>> settings() {
    return Stream.of(
            List.of(BIND_ADDRESS, EVENT_LOOPS),
            HeadLimits.settings(),
            BodyLimits.settings(),
            ConnectionLimits.settings(),
            BrowserOrigins.settings(),
            List.of(
                BLOCKING_CONCURRENT,
                BLOCKING_WAITING,
                ACCESS_LOG,
                PROXY_HEADER,
                TRUSTED_PROXIES,
                STOP))
        .<Setting<?>>flatMap(List::stream)
        .toList();
  }

  public static WebConfig from(Settings settings) {
    return new WebConfig(
        settings.get(BIND_ADDRESS),
        settings.get(EVENT_LOOPS),
        HeadLimits.from(settings),
        BodyLimits.from(settings),
        ConnectionLimits.from(settings),
        settings.get(BLOCKING_CONCURRENT),
        settings.get(BLOCKING_WAITING),
        settings.get(ACCESS_LOG),
        settings.get(TRUSTED_PROXIES).in(settings.get(PROXY_HEADER)),
        settings.get(BrowserOrigins.ALLOWED),
        settings.get(BrowserOrigins.MAX_AGE),
        Duration.ofMillis(settings.get(STOP)));
  }

  /** Whether only this machine can reach the servers. */
  public boolean isLoopback() {
    if (bindAddress.equalsIgnoreCase("localhost")) {
      return true;
    }
    Optional<byte[]> literal = IpLiteral.parse(bindAddress);
    if (literal.isEmpty()) {
      return false;
    }
    try {
      return InetAddress.getByAddress(literal.get()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("neither 4 nor 16 bytes: " + bindAddress, e);
    }
  }

  /** Event loops in fact: one per processor where 0 is set. */
  public int loops() {
    return eventLoops == 0 ? Runtime.getRuntime().availableProcessors() : eventLoops;
  }
}
