package io.tollgate.trading.exchange.internal.rates;

import io.tollgate.trading.exchange.internal.rates.Admission.Go;
import io.tollgate.trading.exchange.internal.rates.Admission.ShutOut;
import io.tollgate.trading.exchange.internal.rates.Admission.Wait;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What may still be asked of exchanges: one for all accounts of a process, as exchanges count by
 * the address that calls and by key. A call is counted when it is admitted, and corrected by what
 * the exchange tells in its answer. Reading leaves a part of each budget to orders and cancels.
 * Safe for use by many.
 */
public final class RateBudgets {
  /** Of 100: what reading calls may use of a budget. */
  private static final long READERS_SHARE = 80;

  /** Budgets kept; those whose window is over are forgotten first. */
  private static final int MOST = 100_000;

  private final InstantSource clock;
  private final Map<String, Used> budgets = new HashMap<>();
  private final Map<String, Held> held = new HashMap<>();

  private record Used(Instant windowEnd, long amount, long limit) {}

  private record Held(Instant until, boolean shutOut) {}

  public RateBudgets(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Takes the costs of a call from their budgets, or none of them.
   *
   * @param address the host that is called
   * @param order whether it places or cancels, and may use all there is
   */
  public synchronized Admission admit(String address, List<Cost> costs, boolean order) {
    Instant now = clock.instant();
    Held hold = held.get(address);
    if (hold != null && now.isBefore(hold.until())) {
      Duration rest = Duration.between(now, hold.until());
      return hold.shutOut() ? new ShutOut(rest) : new Wait(rest);
    }
    held.remove(address);
    for (Cost cost : costs) {
      Used used = current(cost, now);
      long may = order ? used.limit() : used.limit() * READERS_SHARE / 100;
      if (used.amount() + cost.amount() > may) {
        return new Wait(Duration.between(now, used.windowEnd()));
      }
    }
    for (Cost cost : costs) {
      Used used = current(cost, now);
      keep(cost.scope(), new Used(used.windowEnd(), used.amount() + cost.amount(), used.limit()));
    }
    return new Go();
  }

  /** What the exchange counted itself, in the window that is now. */
  public synchronized void told(String scope, long used, long limit, Duration window) {
    Instant now = clock.instant();
    Used known = current(new Cost(scope, 0, limit, window), now);
    // answers overtake one another: within a window it only grows
    keep(scope, new Used(known.windowEnd(), Math.max(known.amount(), used), limit));
  }

  /** What the exchange says is left until a moment. */
  public synchronized void left(String scope, long remaining, long limit, Instant until) {
    keep(scope, new Used(until, Math.max(0, limit - remaining), limit));
  }

  /** No call of the address for a while. A shorter hold does not end a longer one. */
  public synchronized void hold(String address, Duration length, boolean shutOut) {
    Instant until = clock.instant().plus(length);
    held.merge(
        address,
        new Held(until, shutOut),
        (one, other) ->
            new Held(
                one.until().isAfter(other.until()) ? one.until() : other.until(),
                one.shutOut() || other.shutOut()));
  }

  private Used current(Cost cost, Instant now) {
    Used used = budgets.get(cost.scope());
    if (used != null && now.isBefore(used.windowEnd())) {
      return used;
    }
    long limit = used == null ? cost.limit() : used.limit();
    long length = cost.window().toMillis();
    long end = (Math.floorDiv(now.toEpochMilli(), length) + 1) * length;
    return new Used(Instant.ofEpochMilli(end), 0, limit);
  }

  private void keep(String scope, Used used) {
    if (budgets.size() >= MOST && !budgets.containsKey(scope)) {
      forget();
    }
    budgets.put(scope, used);
  }

  private void forget() {
    Instant now = clock.instant();
    budgets.values().removeIf(used -> !now.isBefore(used.windowEnd()));
    for (Iterator<String> names = budgets.keySet().iterator();
        budgets.size() >= MOST && names.hasNext(); ) {
      names.next();
      names.remove();
    }
  }
}
