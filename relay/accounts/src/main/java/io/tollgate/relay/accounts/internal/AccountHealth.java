package io.tollgate.relay.accounts.internal;

import io.tollgate.relay.accounts.AccountFailure;
import io.tollgate.relay.accounts.AccountsConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Running requests of an account, and until when it rests. Safe for use by many threads. */
final class AccountHealth {
  private final LongSupplier nanoTime;
  private final AccountsConfig config;
  private final AtomicInteger load = new AtomicInteger();
  // monotonic times; a rest can be made longer by another failure, never shorter
  private final AtomicLong toldUntil;
  private final AtomicLong doubtfulUntil;

  AccountHealth(LongSupplier nanoTime, AccountsConfig config) {
    this.nanoTime = nanoTime;
    this.config = config;
    long now = nanoTime.getAsLong();
    toldUntil = new AtomicLong(now);
    doubtfulUntil = new AtomicLong(now);
  }

  int load() {
    return load.get();
  }

  void begin() {
    load.incrementAndGet();
  }

  void end() {
    load.decrementAndGet();
  }

  /** For how long the provider told us to leave it alone; 0 or less when it did not. */
  long toldToRestNanos(long now) {
    return toldUntil.get() - now;
  }

  boolean doubtful(long now) {
    return doubtfulUntil.get() - now > 0;
  }

  void succeeded() {
    // an account that answers is not in doubt, whatever it did before
    doubtfulUntil.set(nanoTime.getAsLong());
  }

  void failed(AccountFailure failure) {
    switch (failure) {
      case AccountFailure.RateLimited limited -> {
        if (limited.retryAfter().isPresent()) {
          Duration max = Duration.ofMillis(config.maxRestMs());
          Duration asked = limited.retryAfter().get();
          rest(toldUntil, (asked.compareTo(max) > 0 ? max : asked).toNanos());
        } else {
          rest(doubtfulUntil, millis(config.rateLimitedMs()));
        }
      }
      case AccountFailure.Unreachable _ -> rest(doubtfulUntil, millis(config.failedMs()));
      case AccountFailure.Failed _ -> rest(doubtfulUntil, millis(config.failedMs()));
      case AccountFailure.Banned _ -> rest(doubtfulUntil, millis(config.bannedMs()));
    }
  }

  private void rest(AtomicLong until, long nanos) {
    long wanted = nanoTime.getAsLong() + nanos;
    until.accumulateAndGet(wanted, (now, then) -> then - now > 0 ? then : now);
  }

  private static long millis(int ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }
}
