package io.tollgate.identity.internal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.identity.KeyHolder;
import io.tollgate.identity.RequestLimits;
import io.tollgate.identity.internal.RefusalCounts.Why;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Limits of requests per minute, which are counted in this process. */
public final class LocalRequestLimits implements RequestLimits {
  private static final Decision UNLIMITED = new Decision.Unlimited();
  private static final int MAX_KEYS = 100_000;

  private final LoadingCache<ApiKeyId, SlidingWindow> windows;
  private final LongSupplier nanoTime;
  private final RefusalCounts counts;

  public LocalRequestLimits(LongSupplier nanoTime, RefusalCounts counts) {
    this.counts = counts;
    this.nanoTime = nanoTime;
    this.windows =
        Caffeine.newBuilder()
            .maximumSize(MAX_KEYS)
            .expireAfterAccess(Duration.ofNanos(SlidingWindow.WINDOW_NANOS).plusSeconds(1))
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .build(key -> new SlidingWindow());
  }

  @Override
  public Decision tryAcquire(KeyHolder holder) {
    if (holder.rates().requestsPerMinute().isEmpty()) {
      return UNLIMITED;
    }
    SlidingWindow window = windows.get(holder.key());
    Decision decision;
    // held for some nanoseconds, and by requests of one key only
    synchronized (window) {
      // read inside: time must not go back within a window
      decision =
          window.tryAcquire(holder.rates().requestsPerMinute().getAsInt(), nanoTime.getAsLong());
    }
    if (decision instanceof Decision.Refused) {
      counts.count(Why.KEY_MINUTE);
    }
    return decision;
  }
}
