package io.tollgate.web.internal;

import static java.util.Objects.requireNonNull;

import io.tollgate.web.FreshRequestOptions;
import io.tollgate.web.ProxiedRequestOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client with kept-alive HTTP/1.1 connections for one event loop. Vert.x's own pool serves all
 * threads, any protocol and moving addresses, and took a tenth of a relayed request for it; this
 * one is a deque. Confined to its loop.
 */
public final class LoopClient implements HttpClient {
  private static final long CHECK_MILLIS = 1000;

  /** Where a connection leads, and through which proxy. */
  private record Origin(String host, int port, boolean tls, Optional<Way> way) {}

  /** What tells one proxy, and who uses it, from another. */
  private record Way(
      ProxyType type, String host, int port, @Nullable String user, @Nullable String password) {
    static Way of(ProxyOptions proxy) {
      return new Way(
          proxy.getType(),
          proxy.getHost(),
          proxy.getPort(),
          proxy.getUsername(),
          proxy.getPassword());
    }

    @Override
    public String toString() {
      return type + " " + host + ":" + port;
    }
  }

  private final HttpClientAgent agent;
  private final OriginPool.Bounds bounds;
  private final UpstreamMeters meters;
  private final Map<Origin, OriginPool> pools = new HashMap<>();

  /**
   * @param agent opens the connections
   * @param bounds of each origin's connections
   * @param meters shared by all loops
   */
  public LoopClient(
      Vertx vertx, HttpClientAgent agent, OriginPool.Bounds bounds, UpstreamMeters meters) {
    this.agent = requireNonNull(agent, "agent is null");
    this.bounds = requireNonNull(bounds, "bounds is null");
    this.meters = requireNonNull(meters, "meters is null");
    vertx.setPeriodic(CHECK_MILLIS, unused -> check());
  }

  /**
   * The options name host, port, whether TLS is spoken, the proxy (see {@link
   * ProxiedRequestOptions}), and by the connect timeout how long to wait for a connection to become
   * free; without one it is for as long as it takes.
   */
  @Override
  public Future<HttpClientRequest> request(RequestOptions options) {
    boolean tls = Boolean.TRUE.equals(options.isSsl());
    Optional<ProxyOptions> proxy = proxy(options);
    Origin origin = new Origin(options.getHost(), options.getPort(), tls, proxy.map(Way::of));
    OriginPool pool = pools.get(origin);
    if (pool == null) {
      HttpConnectOptions connect =
          new HttpConnectOptions()
              .setHost(origin.host())
              .setPort(origin.port())
              .setSsl(origin.tls());
      proxy.ifPresent(way -> connect.setProxyOptions(new ProxyOptions(way)));
      pool = new OriginPool(() -> agent.connect(connect), bounds, meters);
      pools.put(origin, pool);
    }
    return options instanceof FreshRequestOptions
        ? pool.freshRequest(options)
        : pool.request(options);
  }

  private static Optional<ProxyOptions> proxy(RequestOptions options) {
    return switch (options) {
      case ProxiedRequestOptions proxied -> Optional.of(proxied.proxy());
      case FreshRequestOptions fresh -> fresh.proxy();
      default -> Optional.empty();
    };
  }

  @Override
  public Future<Void> shutdown(Duration grace) {
    return agent.shutdown(grace);
  }

  /**
   * Ends connections that were idle for too long and waits that are, and forgets unused origins.
   */
  private void check() {
    long now = System.nanoTime();
    pools.values().forEach(pool -> pool.check(now));
    pools.values().removeIf(OriginPool::unused);
  }
}
