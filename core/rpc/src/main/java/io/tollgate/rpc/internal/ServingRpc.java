package io.tollgate.rpc.internal;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.tollgate.rpc.RpcConfig;
import io.tollgate.rpc.RpcConnectionLimits;
import io.tollgate.rpc.RpcServer.Surroundings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server of gRPC that is running. */
public final class ServingRpc {
  private static final Duration LAST_WAIT = Duration.ofSeconds(2);

  private final Server server;
  private final ServedHealth health;
  private final ExecutorService threads;
  private final EventLoopGroup loops;
  private final Duration stop;

  private ServingRpc(
      Server server,
      ServedHealth health,
      ExecutorService threads,
      EventLoopGroup loops,
      Duration stop) {
    this.server = server;
    this.health = health;
    this.threads = threads;
    this.loops = loops;
    this.stop = stop;
  }

  public static ServingRpc start(
      RpcConfig config,
      String name,
      int port,
      List<ServerServiceDefinition> services,
      Surroundings surroundings)
      throws IOException {
    CallTurns turns =
        new CallTurns(config.callsConcurrent(), config.callsWaiting(), config.turnWait());
    CallMeters meters = new CallMeters(surroundings.registry(), name, turns);
    BoundedConnections connections = new BoundedConnections(config.connections().max());
    meters.connections(connections);
    ServedHealth health =
        new ServedHealth(
            services.stream().map(service -> service.getServiceDescriptor().getName()).toList(),
            surroundings.ready(),
            config.healthInterval());
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("grpc-", 0).factory());
    EventLoopGroup loops = loops(name);
    try {
      NettyServerBuilder builder =
          NettyServerBuilder.forAddress(new InetSocketAddress(config.bindAddress(), port))
              .channelFactory(connections::listening)
              .bossEventLoopGroup(loops)
              .workerEventLoopGroup(loops)
              // a thread for each method, not for each thing that is told of a call
              .directExecutor()
              .maxInboundMessageSize(config.messageBytes())
              .maxInboundMetadataSize(config.metadataBytes())
              .intercept(
                  new EveryCall(
                      new CallIds(surroundings.clock(), surroundings.random()),
                      surroundings.tracing(),
                      turns,
                      threads,
                      meters,
                      config.callLog()))
              // read within the call's guard, which says what is wrong with a message
              .addServices(
                  services.stream().map(ServerInterceptors::useInputStreamMessages).toList())
              .addService(health.service())
              .addService(ProtoReflectionServiceV1.newInstance())
              .addService(EarlierReflection.service());
      bound(builder, config.connections());
      if (config.tls().isPresent()) {
        RpcConfig.Tls tls = config.tls().get();
        builder.sslContext(
            GrpcSslContexts.forServer(tls.certificate().toFile(), tls.key().toFile()).build());
      }
      health.start();
      return new ServingRpc(builder.build().start(), health, threads, loops, config.stop());
    } catch (IOException | RuntimeException e) {
      health.close();
      threads.close();
      end(loops);
      throw e;
    }
  }

  private static void bound(NettyServerBuilder builder, RpcConnectionLimits limits) {
    builder
        .maxConcurrentCallsPerConnection(limits.callsMax())
        .handshakeTimeout(limits.handshake().toMillis(), TimeUnit.MILLISECONDS)
        .maxConnectionIdle(limits.idle().toMillis(), TimeUnit.MILLISECONDS)
        .maxConnectionAge(limits.age().toMillis(), TimeUnit.MILLISECONDS)
        .maxConnectionAgeGrace(limits.ageGrace().toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTime(limits.ping().toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTimeout(limits.pingWait().toMillis(), TimeUnit.MILLISECONDS)
        .permitKeepAliveTime(limits.pingEvery().toMillis(), TimeUnit.MILLISECONDS)
        .permitKeepAliveWithoutCalls(true);
  }

  private static EventLoopGroup loops(String name) {
    int count = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);
    return new NioEventLoopGroup(
        count, Thread.ofPlatform().daemon().name("grpc-" + name + "-", 0).factory());
  }

  public int port() {
    return server.getPort();
  }

  /** Ends it, once: calls in progress have their time. */
  public void stop() {
    health.close();
    server.shutdown();
    try {
      if (!server.awaitTermination(stop.toMillis(), TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
        server.awaitTermination(LAST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      server.shutdownNow();
    }
    threads.shutdownNow();
    end(loops);
  }

  private static void end(EventLoopGroup loops) {
    loops
        .shutdownGracefully(0, LAST_WAIT.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(LAST_WAIT.toMillis());
  }
}
