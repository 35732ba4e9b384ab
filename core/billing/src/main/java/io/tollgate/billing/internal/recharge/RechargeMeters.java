package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.tollgate.billing.RechargeStatus;
import io.tollgate.ground.Amount;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Supplier;

/** The counters and times of recharging, by this process. */
final class RechargeMeters {
  private final MeterRegistry registry;
  private final Map<String, DoubleAdder> amounts = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> cases = new ConcurrentHashMap<>();

  RechargeMeters(MeterRegistry registry) {
    this.registry = requireNonNull(registry, "registry is null");
    // there before the first one fails, so that its failing is seen
    Counter unused = registry.counter("billing_recharge_failed");
  }

  /** An order came to a status. */
  void moved(RechargeStatus status, Amount amount) {
    registry.counter("billing_recharge_order", "status", status.code()).increment();
    outcome(status.code(), amount);
    if (status == RechargeStatus.FAILED) {
      failed();
    }
  }

  /** What became of a recharge, with the amounts of all such. */
  void outcome(String status, Amount amount) {
    registry.counter("billing_recharge", "status", status).increment();
    sum("billing_recharge_amount", "status", status).add(amount.toDecimal().doubleValue());
  }

  /** A balance was credited. */
  void credited(Amount amount) {
    registry.counter("billing_balance", "operation", "recharge").increment();
    sum("billing_balance_amount", "operation", "recharge").add(amount.toDecimal().doubleValue());
  }

  /** A plan was paid for through a channel, and began or did not. */
  void purchase(boolean begun) {
    registry.counter("tollgate_plan_purchases", "outcome", begun ? "begun" : "refused").increment();
  }

  /** Whoever made an order was called. */
  void call(String outcome) {
    registry.counter("tollgate_recharge_calls", "outcome", outcome).increment();
  }

  /** How many cases of a kind are not closed, as this process saw it last. */
  void cases(String kind, int count) {
    unclosed(kind).set(count);
  }

  private AtomicInteger unclosed(String kind) {
    return cases.computeIfAbsent(
        kind,
        _ ->
            requireNonNull(
                registry.gauge(
                    "tollgate_recharge_cases",
                    List.of(Tag.of("kind", kind)),
                    new AtomicInteger(),
                    AtomicInteger::get)));
  }

  void failed() {
    registry.counter("billing_recharge_failed").increment();
  }

  /** A notification of a channel, and what became of it. */
  void notice(String method, String outcome) {
    registry.counter("tollgate_recharge_notices", "method", method, "outcome", outcome).increment();
  }

  /** Does something and counts how long it takes. */
  <T> T timed(String operation, Supplier<T> work) {
    Timer timer = registry.timer("billing_recharge_duration", "operation", operation);
    return timer.record(work);
  }

  /** The same of making an order. */
  <T> T timedCreate(Supplier<T> work) {
    return registry.timer("billing_recharge_order_create_duration").record(work);
  }

  private DoubleAdder sum(String name, String label, String value) {
    return amounts.computeIfAbsent(
        name + ":" + value,
        _ -> {
          DoubleAdder sum = new DoubleAdder();
          return requireNonNull(
              registry.gauge(name, List.of(Tag.of(label, value)), sum, DoubleAdder::sum));
        });
  }
}
