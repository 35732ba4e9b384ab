package io.tollgate.identity.internal;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.ConcurrencyLimits;
import io.tollgate.identity.KeyHolder;
import io.tollgate.identity.internal.RefusalCounts.Why;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Limits of running requests, which are counted in this process. */
public final class LocalConcurrencyLimits implements ConcurrencyLimits {
  private final RunningCounts<ApiKeyId> keys = new RunningCounts<>();
  private final RunningCounts<UserId> users = new RunningCounts<>();
  private final Refused keyRefused;
  private final Refused userRefused;
  private final RefusalCounts counts;

  /**
   * @param keyMax requests of one key at one time
   * @param userMax requests of one user at one time
   */
  public LocalConcurrencyLimits(int keyMax, int userMax, RefusalCounts counts) {
    this.counts = counts;
    this.keyRefused = new Refused(Scope.KEY, keyMax);
    this.userRefused = new Refused(Scope.USER, userMax);
  }

  @Override
  public Admission tryBegin(KeyHolder holder) {
    AtomicInteger ofKey = keys.tryBegin(holder.key(), keyRefused.limit());
    if (ofKey == null) {
      counts.count(Why.KEY_CONCURRENT);
      return keyRefused;
    }
    AtomicInteger ofUser = users.tryBegin(holder.user(), userRefused.limit());
    if (ofUser == null) {
      RunningCounts.end(ofKey);
      counts.count(Why.USER_CONCURRENT);
      return userRefused;
    }
    return new Running(ofKey, ofUser);
  }

  /** How many keys and users are counted, those without a running request among them. */
  public int callers() {
    return keys.callers() + users.callers();
  }

  /** One running request; true once it is closed. */
  private static final class Running extends AtomicBoolean implements Admitted {
    private static final long serialVersionUID = 1L;

    private final AtomicInteger ofKey;
    private final AtomicInteger ofUser;

    Running(AtomicInteger ofKey, AtomicInteger ofUser) {
      this.ofKey = ofKey;
      this.ofUser = ofUser;
    }

    @Override
    public void close() {
      if (compareAndSet(false, true)) {
        RunningCounts.end(ofKey);
        RunningCounts.end(ofUser);
      }
    }
  }
}
