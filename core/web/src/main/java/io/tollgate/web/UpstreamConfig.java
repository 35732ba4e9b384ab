package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.web.internal.LoopClient;
import io.tollgate.web.internal.OriginPool;
import io.tollgate.web.internal.UpstreamMeters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Settings of the connections to upstreams.
 *
 * @param connections open connections to one upstream, over all event loops
 * @param waiting requests that wait for a connection to one upstream, over all event loops
 * @param connect time for a connection to open, TLS included
 * @param keepAlive how long a connection without a request stays open
 */
public record UpstreamConfig(int connections, int waiting, Duration connect, Duration keepAlive) {
  public static final Setting<Integer> CONNECTIONS =
      Setting.number("upstream.connections", 2048, 1, 100_000, "Connections to one upstream");
  public static final Setting<Integer> WAITING =
      Setting.number(
          "upstream.waiting", 4096, 0, 1_000_000, "Requests waiting for an upstream connection");
  public static final Setting<Integer> CONNECT =
      Setting.number(
          "upstream.connect.ms", 5000, 10, 600_000, "Time for an upstream connection to open, ms");
  public static final Setting<Integer> KEEP_ALIVE =
      Setting.number(
          "upstream.keep.alive.ms",
          60_000,
          1000,
          3_600_000,
          "Life of an upstream connection without a request, ms");

  public UpstreamConfig {
    requireNonNull(connect, "connect is null");
    requireNonNull(keepAlive, "keepAlive is null");
  }

  public static List<Setting<?>> settings() {
    return List.of(CONNECTIONS, WAITING, CONNECT, KEEP_ALIVE);
  }

  public static UpstreamConfig from(Settings settings) {
    return new UpstreamConfig(
        settings.get(CONNECTIONS),
        settings.get(WAITING),
        Duration.ofMillis(settings.get(CONNECT)),
        Duration.ofMillis(settings.get(KEEP_ALIVE)));
  }

  /**
   * Makes a client for one event loop, to be asked for in {@link Routes#declare} and used on that
   * loop only, so that no connection is shared between loops. HTTP/1.1 with pooled, kept-alive
   * connections; certificates are verified, redirects not followed, and bodies not decompressed.
   * Closed with the server it was made for. There is no deadline for answers here: that is the
   * request's.
   *
   * @param loops event loops that share the bounds
   * @param registry gets the meters of all clients together; to be called once for it
   */
  public Function<Vertx, HttpClient> clients(int loops, MeterRegistry registry) {
    UpstreamMeters meters = new UpstreamMeters(registry);
    return vertx -> client(vertx, loops, meters);
  }

  private HttpClient client(Vertx vertx, int loops, UpstreamMeters meters) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setKeepAlive(true)
            .setPipelining(false)
            .setTcpNoDelay(true)
            .setVerifyHost(true)
            .setTrustAll(false)
            .setDecompressionSupported(false)
            .setMaxRedirects(0)
            .setMaxHeaderSize(64 << 10)
            .setConnectTimeout(Math.toIntExact(connect.toMillis()));
    OriginPool.Bounds bounds =
        new OriginPool.Bounds(share(connections, loops), share(waiting, loops), keepAlive);
    return new LoopClient(vertx, vertx.createHttpClient(options), bounds, meters);
  }

  private static int share(int total, int loops) {
    return Math.max(1, Math.ceilDiv(total, loops));
  }
}
