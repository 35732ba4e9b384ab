package io.tollgate.identity.internal.rates;

import io.tollgate.identity.internal.rates.RateMeters.Counted;
import java.util.function.LongSupplier;

/**
 * The meters of this process's limited keys, and how much of their limits it may use: all of them,
 * until it shares them with other gateways.
 */
public final class KeyMeters {
  private final RateMeters meters;
  private volatile Allowance allowance = Allowance.WHOLE;
  private volatile Runnable shortOf = () -> {};

  /**
   * @param nanoTime monotonic nanoseconds
   */
  public KeyMeters(LongSupplier nanoTime) {
    this.meters = new RateMeters(nanoTime);
  }

  Counted tryTake(RateId id, long limit, long amount) {
    Counted counted = meters.tryTake(id, limit, amount, allowance);
    if (!counted.taking().passed()) {
      shortOf.run();
    }
    return counted;
  }

  RateMeters meters() {
    return meters;
  }

  /**
   * From now on, what may be used is said by this.
   *
   * @param whenShort called when something is refused; must not block
   */
  void share(Allowance by, Runnable whenShort) {
    shortOf = whenShort;
    allowance = by;
  }
}
