package io.tollgate.identity.internal;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One password check per pair of name and address at a time, so that many guesses at once do not
 * slip past the limit of failures. Pairs share a bounded number of locks.
 */
public final class PairLocks {
  private static final int PATIENCE_SECONDS = 10;

  private final ReentrantLock[] locks = new ReentrantLock[64];

  public PairLocks() {
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new ReentrantLock(true);
    }
  }

  public <T> T alone(LoginPair pair, Supplier<T> check) {
    int stripe = Math.floorMod(pair.hashCode(), locks.length);
    ReentrantLock lock = locks[stripe];
    try {
      if (!lock.tryLock(PATIENCE_SECONDS, SECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    try {
      return check.get();
    } finally {
      lock.unlock();
    }
  }

  private static Refusal busy() {
    return new Refusal(ErrorCode.UNAVAILABLE, "too many logins wait")
        .withRetryAfter(Duration.ofSeconds(2));
  }
}
