package io.tollgate.bench.charging;

import io.tollgate.bench.charging.Backends.Answered;
import io.tollgate.bench.charging.Backends.Backend;
import io.tollgate.bench.load.LatencyHistogram;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * What one backend does: it checks a user's call and deducts it, then the next one's, until its
 * time is over. For the thread that carries its calls.
 */
final class BackendTurns {
  private final Backend backend;
  private final SplittableRandom random;
  private final int users;
  private final long untilNanos;
  private final LatencyHistogram times;
  private final CompletableFuture<Long> ended = new CompletableFuture<>();
  private long refused;

  /**
   * Makes one.
   *
   * @param times of its calls, shared with others on the same thread
   */
  BackendTurns(Backend backend, int seed, int users, long untilNanos, LatencyHistogram times) {
    this.backend = backend;
    this.random = new SplittableRandom(System.nanoTime() ^ seed);
    this.users = users;
    this.untilNanos = untilNanos;
    this.times = times;
  }

  /** How many turns were refused, once all are done. */
  CompletableFuture<Long> ended() {
    return ended;
  }

  void begin() {
    if (System.nanoTime() - untilNanos >= 0) {
      ended.complete(refused);
      return;
    }
    String user = ChargingBench.user(random.nextInt(users));
    backend.check(user, timed(allowed -> deduct(user, allowed)));
  }

  private void deduct(String user, boolean allowed) {
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    backend.deduct(
        user,
        id,
        timed(
            charged -> {
              refused += allowed && charged ? 0 : 1;
              begin();
            }));
  }

  private Answered timed(Next next) {
    long from = System.nanoTime();
    return new Answered() {
      @Override
      public void with(boolean granted) {
        times.record(System.nanoTime() - from);
        next.go(granted);
      }

      @Override
      public void failed(Exception failure) {
        ended.completeExceptionally(failure);
      }
    };
  }

  private interface Next {
    void go(boolean granted);
  }
}
