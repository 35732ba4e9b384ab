package io.tollgate.identity.internal.rates;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.ConcurrencyLimits;
import io.tollgate.identity.KeyHolder;
import io.tollgate.identity.internal.RefusalCounts;
import io.tollgate.identity.internal.RefusalCounts.Why;
import io.tollgate.identity.internal.RunningCounts;
import io.tollgate.identity.internal.rates.RateMeters.Counted;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Limits of running requests, which are counted in this process. A limit of a key's own is shared
 * with other gateways; those that hold for everybody are each gateway's.
 */
public final class CountedConcurrencyLimits implements ConcurrencyLimits {
  private final RunningCounts<ApiKeyId> keys = new RunningCounts<>();
  private final RunningCounts<UserId> users = new RunningCounts<>();
  private final KeyMeters meters;
  private final Refused keyRefused;
  private final Refused userRefused;
  private final RefusalCounts counts;

  /**
   * @param keyMax requests at one time of one key that has no limit of its own
   * @param userMax requests of one user at one time
   */
  public CountedConcurrencyLimits(int keyMax, int userMax, KeyMeters meters, RefusalCounts counts) {
    this.counts = counts;
    this.meters = meters;
    this.keyRefused = new Refused(Scope.KEY, keyMax);
    this.userRefused = new Refused(Scope.USER, userMax);
  }

  @Override
  public Admission tryBegin(KeyHolder holder) {
    AtomicInteger ofUser = users.tryBegin(holder.user(), userRefused.limit());
    if (ofUser == null) {
      counts.count(Why.USER_CONCURRENT);
      return userRefused;
    }
    RateMeter ofLimitedUser = null;
    if (holder.userRates().concurrent().isPresent()) {
      int limit = holder.userRates().concurrent().getAsInt();
      Counted counted = meters.tryTake(RateId.of(holder.user(), RateKind.RUNNING), limit, 1);
      if (!counted.taking().passed()) {
        RunningCounts.end(ofUser);
        counts.count(Why.USER_CONCURRENT);
        return new Refused(Scope.USER, limit);
      }
      ofLimitedUser = counted.meter();
    }
    Admission admission = ofKey(holder, ofUser, ofLimitedUser);
    if (admission instanceof Refused) {
      RunningCounts.end(ofUser);
      if (ofLimitedUser != null) {
        ofLimitedUser.end();
      }
      counts.count(Why.KEY_CONCURRENT);
    }
    return admission;
  }

  private Admission ofKey(
      KeyHolder holder, AtomicInteger ofUser, @Nullable RateMeter ofLimitedUser) {
    if (holder.rates().concurrent().isPresent()) {
      int limit = holder.rates().concurrent().getAsInt();
      Counted counted = meters.tryTake(RateId.of(holder.key(), RateKind.RUNNING), limit, 1);
      return counted.taking().passed()
          ? new Running(null, counted.meter(), ofUser, ofLimitedUser)
          : new Refused(Scope.KEY, limit);
    }
    AtomicInteger ofKey = keys.tryBegin(holder.key(), keyRefused.limit());
    return ofKey == null ? keyRefused : new Running(ofKey, null, ofUser, ofLimitedUser);
  }

  /** How many keys and users are counted, those without a running request among them. */
  public int callers() {
    return keys.callers() + users.callers();
  }

  /** One running request; true once it is closed. */
  private static final class Running extends AtomicBoolean implements Admitted {
    private static final long serialVersionUID = 1L;

    private final @Nullable AtomicInteger ofKey;
    private final transient @Nullable RateMeter ofLimitedKey;
    private final AtomicInteger ofUser;
    private final transient @Nullable RateMeter ofLimitedUser;

    Running(
        @Nullable AtomicInteger ofKey,
        @Nullable RateMeter ofLimitedKey,
        AtomicInteger ofUser,
        @Nullable RateMeter ofLimitedUser) {
      this.ofKey = ofKey;
      this.ofLimitedKey = ofLimitedKey;
      this.ofUser = ofUser;
      this.ofLimitedUser = ofLimitedUser;
    }

    @Override
    public void close() {
      if (compareAndSet(false, true)) {
        if (ofKey != null) {
          RunningCounts.end(ofKey);
        }
        if (ofLimitedKey != null) {
          ofLimitedKey.end();
        }
        if (ofLimitedUser != null) {
          ofLimitedUser.end();
        }
        RunningCounts.end(ofUser);
      }
    }
  }
}
