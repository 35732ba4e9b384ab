package io.tollgate.rpc;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.rpc.internal.ServingRpc;
import io.tollgate.telemetry.Tracing;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * A server of gRPC: services that modules offer, health and reflection. Methods run on virtual
 * threads, a bounded number at one time. Safe for use by many threads.
 */
public final class RpcServer implements AutoCloseable {
  private final String name;
  private final ServingRpc serving;

  private RpcServer(String name, ServingRpc serving) {
    this.name = name;
    this.serving = serving;
  }

  /**
   * What a server needs of its process.
   *
   * @param ready whether the process can serve; may block, asked in an interval
   * @param random of call ids; safe for use by many threads, unpredictable in production
   */
  public record Surroundings(
      MeterRegistry registry,
      BooleanSupplier ready,
      InstantSource clock,
      RandomGenerator random,
      Tracing tracing) {}

  /**
   * Opens a server.
   *
   * @param name what it is called in metrics and messages
   * @param port TCP port; 0 lets the system choose a free one
   * @throws IOException when the port cannot be listened on, or certificate and key do not fit
   */
  public static RpcServer open(
      RpcConfig config, String name, int port, List<RpcService> services, Surroundings surroundings)
      throws IOException {
    return new RpcServer(
        name,
        ServingRpc.start(
            config,
            name,
            port,
            services.stream().map(RpcService::definition).toList(),
            surroundings));
  }

  public String name() {
    return name;
  }

  /** The port in fact. */
  public int port() {
    return serving.port();
  }

  /** Says that it is not ready, takes no more calls, and lets those in progress finish. */
  @Override
  public void close() {
    serving.stop();
  }
}
