package io.tollgate.web.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.telemetry.Tracing;
import io.tollgate.web.RequestIds;
import io.tollgate.web.Routes;
import io.tollgate.web.ServerTls;
import io.tollgate.web.VirtualThreads;
import io.tollgate.web.WebConfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One server on one event loop. All loops of a server share one listening socket, and Vert.x deals
 * connections out among them in turn; SO_REUSEPORT would let a second process listen unnoticed.
 */
public final class LoopServer extends VerticleBase {
  /** What the loops of one server share. */
  public static final class Shared {
    private final WebConfig config;
    private final RequestIds ids;
    private final Tracing tracing;
    private final HttpMeters meters;
    private final OpenConnections open;
    private final BodyBudget budget;
    private final VirtualThreads threads;
    private final List<Routes> routes;
    private final SocketAddress address;
    private final Optional<ServerTls> tls;

    /**
     * @param address where to listen; for a free port one address that all loops share
     * @param tls without it plain
     */
    public Shared(
        WebConfig config,
        RequestIds ids,
        Tracing tracing,
        MeterRegistry registry,
        String server,
        VirtualThreads threads,
        List<Routes> routes,
        SocketAddress address,
        Optional<ServerTls> tls) {
      this.config = config;
      this.ids = ids;
      this.tracing = tracing;
      this.open = new OpenConnections(config.connections());
      this.meters = new HttpMeters(registry, server, open);
      this.budget = new BodyBudget(config.bodies(), registry, server);
      this.threads = threads;
      this.routes = List.copyOf(routes);
      this.address = address;
      this.tls = tls;
    }
  }

  private final Shared shared;
  private final int loop;
  private @Nullable HttpServer server;
  private @Nullable ConnectionWatch watch;

  public LoopServer(Shared shared, int loop) {
    this.shared = shared;
    this.loop = loop;
  }

  @Override
  public Future<?> start() {
    WebConfig config = shared.config;
    RouteTree tree = new RouteTree();
    for (Routes part : shared.routes) {
      part.declare(tree, loop, vertx);
    }
    RequestIds ids = shared.ids.confined();
    RequestDispatcher dispatcher =
        new RequestDispatcher(
            vertx, config, ids, shared.tracing, tree, shared.meters, shared.threads);
    ConnectionWatch connections =
        new ConnectionWatch(config, shared.meters, shared.open, shared.budget, ids);
    watch = connections;
    vertx.setPeriodic(connections.checkMillis(), unused -> connections.check());

    HttpServerOptions options =
        new HttpServerOptions()
            .setTcpNoDelay(true)
            .setAcceptBacklog(1024)
            .setHttp2ClearTextEnabled(false)
            .setHandle100ContinueAutomatically(false)
            // what compresses WebSockets looks at every message of every connection
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setMaxInitialLineLength(config.head().lineBytes())
            .setMaxHeaderSize(config.head().headerBytes());
    if (!tree.subprotocols().isEmpty()) {
      options
          .setWebSocketSubProtocols(tree.subprotocols())
          .setMaxWebSocketFrameSize(tree.frameBytes())
          .setMaxWebSocketMessageSize(tree.frameBytes());
    }
    shared.tls.ifPresent(tls -> over(tls, options));
    HttpServer opening =
        vertx
            .createHttpServer(options)
            .connectionHandler(
                connection -> connections.opened(((ConnectionBase) connection).channel()))
            .requestHandler(dispatcher::handle)
            .invalidRequestHandler(dispatcher::handleInvalid);
    server = opening;
    return opening.listen(shared.address);
  }

  private static void over(ServerTls tls, HttpServerOptions options) {
    options
        .setSsl(true)
        .setUseAlpn(false)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .setCertPath(tls.certificate().toString())
                .setKeyPath(tls.key().toString()));
    tls.callers()
        .ifPresent(
            callers ->
                options
                    .setClientAuth(ClientAuth.REQUIRED)
                    .setTrustOptions(new PemTrustOptions().addCertPath(callers.toString())));
  }

  /** The port in fact; 0 before the server listens. */
  public int port() {
    HttpServer current = server;
    return current == null ? 0 : current.actualPort();
  }

  /** Stops accepting, lets requests in progress finish for a while, then closes. */
  public Future<Void> shutdown(Duration grace) {
    HttpServer current = server;
    ConnectionWatch connections = watch;
    if (current == null || connections == null) {
      return Future.succeededFuture();
    }
    context.runOnContext(unused -> connections.stop());
    return current.shutdown(grace);
  }
}
