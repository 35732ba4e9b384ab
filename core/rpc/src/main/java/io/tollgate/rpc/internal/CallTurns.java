package io.tollgate.rpc.internal;

import io.grpc.Context;
import io.grpc.Deadline;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets a bounded number of calls run at one time, and a bounded number wait. */
final class CallTurns {
  private final Semaphore turns;
  private final AtomicInteger admitted = new AtomicInteger();
  private final int max;
  private final Duration wait;

  CallTurns(int concurrent, int waiting, Duration wait) {
    this.turns = new Semaphore(concurrent, true);
    this.max = concurrent + waiting;
    this.wait = wait;
  }

  int admitted() {
    return admitted.get();
  }

  /**
   * Runs work in its turn, unless nobody waits for its answer any more by then: what has begun is
   * finished, what has not is left.
   */
  void run(Runnable work) {
    if (admitted.incrementAndGet() > max) {
      admitted.decrementAndGet();
      throw busy();
    }
    try {
      Context context = Context.current();
      if (!turns.tryAcquire(nanosFor(context), TimeUnit.NANOSECONDS)) {
        throw busy();
      }
      try {
        Deadline deadline = context.getDeadline();
        if (context.isCancelled() || (deadline != null && deadline.isExpired())) {
          throw new Refusal(
              ErrorCode.REQUEST_TIMEOUT, "the caller's deadline passed before the call's turn");
        }
        work.run();
      } finally {
        turns.release();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Refusal(ErrorCode.UNAVAILABLE, "the server is stopping");
    } finally {
      admitted.decrementAndGet();
    }
  }

  private long nanosFor(Context context) {
    Deadline deadline = context.getDeadline();
    return deadline == null
        ? wait.toNanos()
        : Math.clamp(deadline.timeRemaining(TimeUnit.NANOSECONDS), 0, wait.toNanos());
  }

  private static Refusal busy() {
    return new Refusal(ErrorCode.UNAVAILABLE, "too many calls are waiting")
        .withRetryAfter(Duration.ofSeconds(1));
  }
}
