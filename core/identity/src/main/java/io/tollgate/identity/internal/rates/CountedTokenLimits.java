package io.tollgate.identity.internal.rates;

import io.tollgate.identity.ConcurrencyLimits.Scope;
import io.tollgate.identity.KeyHolder;
import io.tollgate.identity.TokenLimits;
import io.tollgate.identity.internal.RefusalCounts;
import io.tollgate.identity.internal.RefusalCounts.Why;
import io.tollgate.identity.internal.rates.RateMeter.Taking;
import io.tollgate.identity.internal.rates.RateMeters.Counted;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/** Limits of tokens per minute, which are counted in this process. */
public final class CountedTokenLimits implements TokenLimits {
  private static final Outcome UNLIMITED = new Unlimited();

  private final KeyMeters meters;
  private final RefusalCounts counts;

  public CountedTokenLimits(KeyMeters meters, RefusalCounts counts) {
    this.meters = meters;
    this.counts = counts;
  }

  @Override
  public Outcome tryReserve(KeyHolder holder, long tokens) {
    if (tokens < 0) {
      throw new IllegalArgumentException("tokens: " + tokens + " (expected: >= 0)");
    }
    OptionalLong ofKey = holder.rates().tokensPerMinute();
    OptionalLong ofUser = holder.userRates().tokensPerMinute();
    if (ofKey.isEmpty() && ofUser.isEmpty()) {
      return UNLIMITED;
    }
    if (ofUser.isEmpty()) {
      return reserve(RateId.of(holder.key(), RateKind.TOKENS), Scope.KEY, ofKey, tokens);
    }
    Outcome user = reserve(RateId.of(holder.user(), RateKind.TOKENS), Scope.USER, ofUser, tokens);
    if (ofKey.isEmpty() || !(user instanceof Reserved ofAll)) {
      return user;
    }
    Outcome key = reserve(RateId.of(holder.key(), RateKind.TOKENS), Scope.KEY, ofKey, tokens);
    if (!(key instanceof Reserved ofOne)) {
      ofAll.close();
      return key;
    }
    return new Both(ofOne, ofAll);
  }

  private Outcome reserve(RateId id, Scope scope, OptionalLong perMinute, long tokens) {
    long limit = perMinute.getAsLong();
    Counted counted = meters.tryTake(id, limit, tokens);
    if (counted.taking().passed()) {
      return new Held(counted.meter(), counted.taking(), limit, tokens);
    }
    counts.count(scope == Scope.KEY ? Why.KEY_TOKENS : Why.USER_TOKENS);
    return new Refused(
        scope, limit, tokens, counted.taking().retryAfter(), counted.taking().reset());
  }

  /** Tokens of a key and of its user; told is where less is left. */
  private record Both(Reserved key, Reserved user) implements Reserved {
    @Override
    public long limit() {
      return tighter().limit();
    }

    @Override
    public long remaining() {
      return tighter().remaining();
    }

    @Override
    public Duration reset() {
      return tighter().reset();
    }

    private Reserved tighter() {
      return key.remaining() <= user.remaining() ? key : user;
    }

    @Override
    public void used(long tokens) {
      key.used(tokens);
      user.used(tokens);
    }

    @Override
    public void close() {
      key.close();
      user.close();
    }
  }

  /** Tokens of one request; true once it is known how many were used. */
  private static final class Held extends AtomicBoolean implements Reserved {
    private static final long serialVersionUID = 1L;

    private final transient RateMeter meter;
    private final transient Taking taking;
    private final long limit;
    private final long tokens;

    Held(RateMeter meter, Taking taking, long limit, long tokens) {
      this.meter = meter;
      this.taking = taking;
      this.limit = limit;
      this.tokens = tokens;
    }

    @Override
    public long limit() {
      return limit;
    }

    @Override
    public long remaining() {
      return taking.remaining();
    }

    @Override
    public Duration reset() {
      return taking.reset();
    }

    @Override
    public void used(long really) {
      if (compareAndSet(false, true)) {
        meter.correct(taking.at(), tokens, really);
      }
    }

    @Override
    public void close() {
      used(0);
    }
  }
}
