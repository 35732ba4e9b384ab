package io.tollgate.tests.drill;

import io.tollgate.tests.cluster.Service;
import io.tollgate.tests.installation.Client;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One caller who asks a model through a gateway, again and again. */
final class RelayLoad implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String BODY = Client.chat("gpt-4o-mini", 5, false, "hello");

  private final Service gateway;
  private final String key;
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicLong longestNanos = new AtomicLong();
  private final Thread thread = Thread.ofVirtual().unstarted(this::run);
  private volatile boolean stopped;

  RelayLoad(Service gateway, String key) {
    this.gateway = gateway;
    this.key = key;
    thread.start();
  }

  /** Requests that were answered with 200: each is charged once, and stands in the log once. */
  int served() {
    return served.get();
  }

  /** Those that were answered with anything else. */
  int refused() {
    return refused.get();
  }

  /** The longest that one request took, since it was asked last. */
  Duration longest() {
    return Duration.ofNanos(longestNanos.getAndSet(0));
  }

  private void run() {
    while (!stopped) {
      long begun = System.nanoTime();
      if (status() == 200) {
        served.incrementAndGet();
      } else {
        refused.incrementAndGet();
      }
      longestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
    }
  }

  private int status() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(gateway.url().resolve("/v1/chat/completions"))
              .timeout(Duration.ofSeconds(30))
              .header("Authorization", "Bearer " + key)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(BODY))
              .build();
      return HTTP.send(request, BodyHandlers.ofString()).statusCode();
    } catch (IOException e) {
      throw new IllegalStateException("the gateway did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
