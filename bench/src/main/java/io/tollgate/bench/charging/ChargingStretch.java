package io.tollgate.bench.charging;

import io.tollgate.bench.load.LatencyHistogram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What callers got done in some seconds, each with one connection and one call at a time.
 *
 * @param perSecond calls, checks and deducts alike
 * @param p50Millis of one call
 * @param failed calls that were refused
 */
record ChargingStretch(double perSecond, double p50Millis, double p99Millis, long failed) {
  /** Opens a caller's connection. */
  interface Opening {
    ChargingCaller open() throws Exception;
  }

  static ChargingStretch run(int callers, int users, int seconds, Opening opening)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    long until = begun + seconds * 1_000_000_000L;
    LatencyHistogram all = new LatencyHistogram();
    long failed = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      List<Future<Seen>> running = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        int seed = caller;
        running.add(threads.submit(() -> call(opening, seed, users, until)));
      }
      for (Future<Seen> one : running) {
        Seen seen = one.get();
        all.add(seen.times);
        failed += seen.failed;
      }
    } catch (ExecutionException e) {
      throw new IOException("charging: " + e.getCause(), e);
    }
    double passed = (System.nanoTime() - begun) / 1e9;
    return new ChargingStretch(
        all.total() / passed, all.quantile(0.5) / 1e6, all.quantile(0.99) / 1e6, failed);
  }

  private static Seen call(Opening opening, int seed, int users, long until) throws Exception {
    SplittableRandom random = new SplittableRandom(System.nanoTime() ^ seed);
    LatencyHistogram times = new LatencyHistogram();
    long failed = 0;
    try (ChargingCaller caller = opening.open()) {
      while (System.nanoTime() < until) {
        String user = ChargingBench.user(random.nextInt(users));
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        long from = System.nanoTime();
        boolean allowed = caller.check(user);
        long between = System.nanoTime();
        boolean charged = caller.deduct(user, id);
        times.record(between - from);
        times.record(System.nanoTime() - between);
        failed += allowed && charged ? 0 : 1;
      }
    }
    return new Seen(times, failed);
  }

  private record Seen(LatencyHistogram times, long failed) {}

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,.0f calls/s, p50 %.2f ms, p99 %.2f ms, %d refused",
        perSecond,
        p50Millis,
        p99Millis,
        failed);
  }
}
