package io.tollgate.identity.internal.rates;

import io.tollgate.identity.KeyHolder;
import io.tollgate.identity.RequestLimits;
import io.tollgate.identity.internal.RefusalCounts;
import io.tollgate.identity.internal.RefusalCounts.Why;
import io.tollgate.identity.internal.rates.RateMeter.Taking;

/** Limits of requests per minute, which are counted in this process. */
public final class CountedRequestLimits implements RequestLimits {
  private static final Decision UNLIMITED = new Decision.Unlimited();

  private final KeyMeters meters;
  private final RefusalCounts counts;

  public CountedRequestLimits(KeyMeters meters, RefusalCounts counts) {
    this.meters = meters;
    this.counts = counts;
  }

  @Override
  public Decision tryAcquire(KeyHolder holder) {
    if (holder.rates().requestsPerMinute().isEmpty()) {
      return UNLIMITED;
    }
    int limit = holder.rates().requestsPerMinute().getAsInt();
    Taking taking = meters.tryTake(new RateId(holder.key(), RateKind.REQUESTS), limit, 1).taking();
    if (taking.passed()) {
      return new Decision.Allowed(limit, Math.toIntExact(taking.remaining()), taking.reset());
    }
    counts.count(Why.KEY_MINUTE);
    return new Decision.Refused(limit, taking.retryAfter(), taking.reset());
  }
}
