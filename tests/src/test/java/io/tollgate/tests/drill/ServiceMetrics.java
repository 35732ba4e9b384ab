package io.tollgate.tests.drill;

import io.tollgate.tests.cluster.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Metrics of a process, as Prometheus would read them. */
record ServiceMetrics(URI address) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static ServiceMetrics of(Service service) {
    return new ServiceMetrics(service.url().resolve("/metrics"));
  }

  /** The most of a metric, whatever its labels; of one subscriber's, that of NATS. 0 if unknown. */
  double most(String name) {
    try {
      return HTTP.send(
              HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build(),
              BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
          .filter(line -> !line.contains("subscriber") || line.contains("\"nats\""))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .max()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
