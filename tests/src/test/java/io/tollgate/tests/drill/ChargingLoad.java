package io.tollgate.tests.drill;

import io.tollgate.tests.cluster.Service;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A backend that charges one user again and again, and repeats what was not answered. */
final class ChargingLoad implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Service billing;
  private final String serviceToken;
  private final String user;
  private final AtomicInteger charged = new AtomicInteger();
  private final AtomicLong longestNanos = new AtomicLong();
  private final Thread thread = Thread.ofVirtual().unstarted(this::run);
  private volatile boolean stopped;

  ChargingLoad(Service billing, String serviceToken, String user) {
    this.billing = billing;
    this.serviceToken = serviceToken;
    this.user = user;
    thread.start();
  }

  /** Charges that were answered well: these have to be everywhere in the end. */
  int charged() {
    return charged.get();
  }

  /** The longest that one charge has taken, with its repeats, since it was asked last. */
  Duration longest() {
    return Duration.ofNanos(longestNanos.getAndSet(0));
  }

  private void run() {
    for (int number = 0; !stopped; number++) {
      long begun = System.nanoTime();
      while (!charge("drill-" + number)) {
        Thread.onSpinWait();
      }
      charged.incrementAndGet();
      longestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
    }
  }

  private boolean charge(String id) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(billing.url().resolve("/internal/v1/billing/deduct"))
              .timeout(Duration.ofSeconds(10))
              .header("X-Service-Token", serviceToken)
              .header("Content-Type", "application/json")
              .POST(
                  BodyPublishers.ofString(
                      """
                      {"user_id":"%s","service_name":"payment","count":1,"request_id":"%s"}"""
                          .formatted(user, id)))
              .build();
      return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
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
