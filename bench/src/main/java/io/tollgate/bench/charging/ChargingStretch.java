package io.tollgate.bench.charging;

import io.tollgate.bench.load.LatencyHistogram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What backends got done in some seconds, each with one connection and one call at a time.
 *
 * @param perSecond calls, checks and deducts alike
 * @param p50Millis of one call
 * @param failed calls that were refused
 */
record ChargingStretch(
    double perSecond, double p50Millis, double p99Millis, long failed, ChargingCost cost) {
  /** Opens backends. */
  interface Opening {
    Backends open() throws IOException;
  }

  /**
   * Lets them work.
   *
   * @param program process that they call
   */
  static ChargingStretch run(int callers, int users, int seconds, long program, Opening opening)
      throws IOException, InterruptedException {
    LatencyHistogram times = new LatencyHistogram();
    List<BackendTurns> all = new ArrayList<>();
    try (Backends backends = opening.open()) {
      List<Backends.Backend> connected = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        connected.add(backends.connect());
      }
      ChargingCost.Begun cost = ChargingCost.Begun.now(program);
      long begun = System.nanoTime();
      long until = begun + seconds * 1_000_000_000L;
      for (int caller = 0; caller < callers; caller++) {
        all.add(new BackendTurns(connected.get(caller), caller, users, until, times));
      }
      CompletableFuture<Void> done = allOrFirstFailure(all);
      backends.carry(() -> all.forEach(BackendTurns::begin), done);
      done.join();
      double passed = (System.nanoTime() - begun) / 1e9;
      long refused = all.stream().mapToLong(each -> each.ended().join()).sum();
      return new ChargingStretch(
          times.total() / passed,
          times.quantile(0.5) / 1e6,
          times.quantile(0.99) / 1e6,
          refused,
          cost.since(times.total()));
    } catch (CompletionException e) {
      throw new IOException("charging: " + e.getCause(), e);
    }
  }

  private static CompletableFuture<Void> allOrFirstFailure(List<BackendTurns> all) {
    CompletableFuture<Void> done =
        CompletableFuture.allOf(
            all.stream().map(BackendTurns::ended).toArray(CompletableFuture[]::new));
    for (BackendTurns each : all) {
      var _ =
          each.ended()
              .whenComplete(
                  (_, failure) -> {
                    if (failure != null) {
                      done.completeExceptionally(failure);
                    }
                  });
    }
    return done;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,.0f calls/s, p50 %.2f ms, p99 %.2f ms, %d refused; µs each: program %.0f, PostgreSQL %.0f,"
            + " callers %.0f",
        perSecond,
        p50Millis,
        p99Millis,
        failed,
        cost.program(),
        cost.postgres(),
        cost.callers());
  }
}
