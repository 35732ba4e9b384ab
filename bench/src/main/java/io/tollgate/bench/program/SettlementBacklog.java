package io.tollgate.bench.program;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * How many records in the program's meter logs are not booked yet, by its own metric. A stretch
 * begins without any and ends when none is left, so that what a request costs is all of what it
 * costs, settlement included, whether the processors let it keep pace or not.
 */
public final class SettlementBacklog {
  private static final String METRIC = "tollgate_settlement_unsettled_records";
  private static final Duration MAX = Duration.ofMinutes(10);
  private static final long PAUSE_MS = 50;

  private final int privatePort;

  /**
   * @param privatePort where the program's metrics are
   */
  public SettlementBacklog(int privatePort) {
    this.privatePort = privatePort;
  }

  /** Waits until everything is in the books. */
  public void awaitNone() throws IOException {
    long deadline = System.nanoTime() + MAX.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (unsettled(client) > 0) {
        if (System.nanoTime() - deadline > 0) {
          throw new IOException("the books did not catch up within " + MAX.toMinutes() + " min");
        }
        Thread.sleep(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the books caught up", e);
    }
  }

  private double unsettled(HttpClient client) throws IOException, InterruptedException {
    String text =
        client
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + privatePort + "/metrics"))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    return text.lines()
        .filter(line -> line.startsWith(METRIC))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(() -> new IOException("no metric " + METRIC + " on port " + privatePort));
  }
}
