package io.tollgate.identity.internal.rates;

import io.tollgate.identity.internal.rates.RateMeter.Taking;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The meters of all limited keys of this process. Those that count nothing are dropped together
 * when there are many. Takes no lock of its own but for a limit that is new.
 */
final class RateMeters {
  private static final int ALWAYS_KEPT = 4_096;

  private final ConcurrentHashMap<RateId, RateMeter> meters = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;
  private volatile int dropAbove = ALWAYS_KEPT;

  RateMeters(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** What became of an attempt to take something, and the meter it was counted in. */
  record Counted(RateMeter meter, Taking taking) {}

  Counted tryTake(RateId id, long limit, long amount, Allowance allowance) {
    while (true) {
      RateMeter meter = meters.get(id);
      if (meter == null) {
        meter = add(id);
      }
      Taking taking = meter.tryTake(limit, amount, allowance);
      if (taking != null) {
        return new Counted(meter, taking);
      }
      meters.remove(id, meter);
    }
  }

  private RateMeter add(RateId id) {
    if (meters.mappingCount() >= dropAbove) {
      dropIdle();
    }
    return meters.computeIfAbsent(id, one -> new RateMeter(one, nanoTime));
  }

  /** Drops those that count nothing. */
  void dropIdle() {
    meters.forEach(
        (id, meter) -> {
          if (meter.dropIfIdle()) {
            meters.remove(id, meter);
          }
        });
    // not again before as many have joined, or many that are in use would be looked through always
    dropAbove = Math.max(ALWAYS_KEPT, meters.size() * 2);
  }

  List<RateMeter> all() {
    return new ArrayList<>(meters.values());
  }

  int size() {
    return meters.size();
  }
}
