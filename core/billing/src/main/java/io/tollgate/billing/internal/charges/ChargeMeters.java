package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tollgate.billing.ChargeReceipt;
import io.tollgate.billing.QuotaAnswer;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAdder;

/** Counts checks and deducts. A service that is not there is counted as {@code unknown}. */
final class ChargeMeters {
  private static final int SERVICES_MAX = 1_000;
  private static final String CHECKS = "billing_quota_check";
  private static final String DEDUCTS = "billing_quota_deduct";

  private final MeterRegistry registry;
  private final ConcurrentMap<String, Boolean> services = new ConcurrentHashMap<>();

  // to look for a meter in the registry takes longer than to count
  private final ConcurrentMap<Counted, Counter> counters = new ConcurrentHashMap<>();
  private final Timer checkDuration;
  private final Timer deductDuration;
  private final Counter deducted;
  private final DoubleAdder deductedAmount = new DoubleAdder();
  private final Counter lowBalances;
  private final Counter quotaUpdates;

  ChargeMeters(MeterRegistry registry) {
    this.registry = requireNonNull(registry, "registry is null");
    this.checkDuration = timer(CHECKS + "_duration", "From a check to its answer");
    this.deductDuration = timer(DEDUCTS + "_duration", "From a deduct to its answer");
    this.deducted =
        Counter.builder("billing_balance")
            .description("How often balances were changed")
            .tag("operation", "deduct")
            .register(registry);
    Gauge.builder("billing_balance_amount", deductedAmount, DoubleAdder::sum)
        .description("By how much balances were changed since the start")
        .tag("operation", "deduct")
        .register(registry);
    this.lowBalances =
        Counter.builder("billing_low_balance_alerts")
            .description("How often a charge made a balance a low one")
            .register(registry);
    this.quotaUpdates =
        Counter.builder("billing_quota_updates")
            .description("Events of changed quotas")
            .register(registry);
  }

  void checked(String service, QuotaAnswer answer, long nanos) {
    String result = answer.allowed() ? "allowed" : "denied";
    counter(CHECKS, known(service), "result", result).increment();
    balanceChecks(result).increment();
    checkDuration.record(nanos, TimeUnit.NANOSECONDS);
  }

  void checkFailed(String service, RuntimeException failure) {
    counter(CHECKS, name(service, failure), "result", "error").increment();
    balanceChecks("error").increment();
  }

  void deducted(String service, ChargeReceipt receipt, long nanos) {
    deductDuration.record(nanos, TimeUnit.NANOSECONDS);
    if (receipt.repeated()) {
      return;
    }
    String name = known(service);
    if (receipt.free() > 0) {
      counter(DEDUCTS, name, "type", "free").increment();
    }
    if (receipt.paid() > 0) {
      counter(DEDUCTS, name, "type", "balance").increment();
      deducted.increment();
      deductedAmount.add(receipt.amount().toDecimal().doubleValue());
    }
  }

  /** Events were written. */
  void told(int quotas, int low) {
    quotaUpdates.increment(quotas);
    lowBalances.increment(low);
  }

  private String known(String service) {
    if (services.size() < SERVICES_MAX) {
      services.putIfAbsent(service, true);
    }
    return services.containsKey(service) ? service : "other";
  }

  private String name(String service, RuntimeException failure) {
    boolean unknown =
        !(failure instanceof Refusal refusal)
            || refusal.code() == ErrorCode.SERVICE_NOT_FOUND
            || !services.containsKey(service);
    return unknown ? "unknown" : service;
  }

  private Counter balanceChecks(String result) {
    return counters.computeIfAbsent(
        new Counted("billing_balance_checks", "", "result", result),
        each ->
            Counter.builder(each.meter)
                .description("Checks whether there are means")
                .tag(each.tag, each.value)
                .register(registry));
  }

  private Counter counter(String meter, String service, String tag, String value) {
    return counters.computeIfAbsent(
        new Counted(meter, service, tag, value),
        each ->
            Counter.builder(each.meter)
                .description("By service")
                .tag("service", each.service)
                .tag(each.tag, each.value)
                .register(registry));
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(2))
        .register(registry);
  }

  /** What is counted; as many as there are services known, at most {@link #SERVICES_MAX}. */
  private record Counted(String meter, String service, String tag, String value) {}
}
