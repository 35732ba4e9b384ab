package io.tollgate.relay.gateway.internal.loop;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes that all running requests of the process keep in memory. Safe for use by many
 * threads.
 */
public final class MemoryBudget {
  private final long max;
  private final AtomicLong taken = new AtomicLong();

  public MemoryBudget(long max) {
    this.max = max;
  }

  /** Bytes kept now. */
  public long taken() {
    return taken.get();
  }

  boolean tryTake(long bytes) {
    if (taken.addAndGet(bytes) > max) {
      taken.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void give(long bytes) {
    taken.addAndGet(-bytes);
  }

  public static Refusal exhausted() {
    return new Refusal(
            ErrorCode.UNAVAILABLE, "the gateway holds as many bytes as it may; try again soon")
        .withRetryAfter(Duration.ofSeconds(1));
  }
}
