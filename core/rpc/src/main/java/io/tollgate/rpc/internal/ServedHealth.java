package io.tollgate.rpc.internal;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code grpc.health.v1.Health}, which says what readiness says: of the server ({@code ""}) and of
 * each service by name. Looked at anew in an interval, for those who watch too.
 */
final class ServedHealth implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServedHealth.class);

  private final HealthStatusManager manager = new HealthStatusManager();
  private final List<String> services;
  private final BooleanSupplier ready;
  private final Duration interval;
  private final CountDownLatch closing = new CountDownLatch(1);

  ServedHealth(List<String> services, BooleanSupplier ready, Duration interval) {
    this.services = List.copyOf(services);
    this.ready = ready;
    this.interval = interval;
  }

  BindableService service() {
    return manager.getHealthService();
  }

  /** Looks once now, and from then on in the interval. */
  void start() {
    look();
    Thread.ofVirtual()
        .name("grpc-health")
        .start(
            () -> {
              try {
                while (!closing.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                  look();
                }
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private void look() {
    ServingStatus status = isReady() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    manager.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    services.forEach(service -> manager.setStatus(service, status));
  }

  private boolean isReady() {
    try {
      return ready.getAsBoolean();
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("readiness could not be looked at");
      return false;
    }
  }

  /** Says for good that nothing is served. */
  @Override
  public void close() {
    closing.countDown();
    manager.enterTerminalState();
  }
}
