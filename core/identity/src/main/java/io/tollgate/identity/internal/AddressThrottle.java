package io.tollgate.identity.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.LoginLimits;
import io.tollgate.identity.internal.RefusalCounts.Why;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Bounds what one address may take up with logins: so many at one time, and after many failures
 * each further one is answered later. The right password is never kept waiting, so that nobody is
 * locked out by others behind the same address. Counted in this process; safe for use by many
 * threads.
 */
public final class AddressThrottle {
  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration BUSY_FOR = Duration.ofSeconds(1);
  private static final int ADDRESSES_MAX = 10_000;

  private final RunningCounts<String> running = new RunningCounts<>();
  private final Cache<String, AtomicInteger> failures;
  private final LoginLimits limits;
  private final Pause pause;
  private final RefusalCounts counts;

  /** Waits. */
  @FunctionalInterface
  public interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  public AddressThrottle(
      LoginLimits limits, LongSupplier nanoTime, Pause pause, RefusalCounts counts) {
    this.counts = counts;
    this.limits = limits;
    this.pause = pause;
    this.failures =
        Caffeine.newBuilder()
            .maximumSize(ADDRESSES_MAX)
            .expireAfterAccess(limits.lock())
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /**
   * Checks a login. What it refuses with {@code INVALID_CREDENTIALS} is a failure.
   *
   * @throws Refusal that of the check, or {@code RATE_LIMITED} when too many of the address are
   *     being checked
   */
  public <T> T pass(LoginPair pair, Supplier<T> check) {
    AtomicInteger place = running.tryBegin(pair.network(), limits.addressConcurrentMax());
    if (place == null) {
      counts.count(Why.LOGIN_BUSY);
      throw new Refusal(ErrorCode.RATE_LIMITED, "too many logins from this address at one time")
          .withRetryAfter(BUSY_FOR);
    }
    try {
      return check.get();
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.ACCOUNT_LOCKED) {
        counts.count(Why.LOGIN_LOCKED);
      }
      if (refusal.code() == ErrorCode.INVALID_CREDENTIALS) {
        counts.count(Why.LOGIN_FAILED);
        await(delay(pair.network()));
      }
      throw refusal;
    } finally {
      RunningCounts.end(place);
    }
  }

  private Duration delay(String network) {
    AtomicInteger count = failures.get(network, unused -> new AtomicInteger());
    int over = Math.max(0, count.incrementAndGet() - limits.addressFailures());
    Duration delay = STEP.multipliedBy(over);
    return delay.compareTo(limits.delayMax()) < 0 ? delay : limits.delayMax();
  }

  private void await(Duration delay) {
    if (delay.isZero()) {
      return;
    }
    counts.count(Why.LOGIN_DELAYED);
    try {
      pause.of(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
