package io.tollgate.identity.internal.rates;

import io.tollgate.identity.ConcurrencyLimits.Scope;
import io.tollgate.identity.KeyHolder;
import io.tollgate.identity.RequestLimits;
import io.tollgate.identity.internal.RefusalCounts;
import io.tollgate.identity.internal.RefusalCounts.Why;
import io.tollgate.identity.internal.rates.RateMeter.Taking;
import io.tollgate.identity.internal.rates.RateMeters.Counted;
import java.util.OptionalInt;

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
    OptionalInt ofKey = holder.rates().requestsPerMinute();
    OptionalInt ofUser = holder.userRates().requestsPerMinute();
    if (ofKey.isEmpty() && ofUser.isEmpty()) {
      return UNLIMITED;
    }
    if (ofUser.isEmpty()) {
      return decide(take(RateId.of(holder.key(), RateKind.REQUESTS), ofKey), Scope.KEY, ofKey);
    }
    if (ofKey.isEmpty()) {
      return decide(take(RateId.of(holder.user(), RateKind.REQUESTS), ofUser), Scope.USER, ofUser);
    }
    Counted key = take(RateId.of(holder.key(), RateKind.REQUESTS), ofKey);
    if (!key.taking().passed()) {
      return decide(key, Scope.KEY, ofKey);
    }
    Counted user = take(RateId.of(holder.user(), RateKind.REQUESTS), ofUser);
    if (!user.taking().passed()) {
      // a refused request is not counted
      key.meter().correct(key.taking().at(), 1, 0);
      return decide(user, Scope.USER, ofUser);
    }
    return key.taking().remaining() <= user.taking().remaining()
        ? decide(key, Scope.KEY, ofKey)
        : decide(user, Scope.USER, ofUser);
  }

  private Counted take(RateId id, OptionalInt limit) {
    return meters.tryTake(id, limit.getAsInt(), 1);
  }

  private Decision decide(Counted counted, Scope scope, OptionalInt limit) {
    Taking taking = counted.taking();
    if (taking.passed()) {
      return new Decision.Allowed(
          limit.getAsInt(), Math.toIntExact(taking.remaining()), taking.reset());
    }
    counts.count(scope == Scope.KEY ? Why.KEY_MINUTE : Why.USER_MINUTE);
    return new Decision.Refused(scope, limit.getAsInt(), taking.retryAfter(), taking.reset());
  }
}
