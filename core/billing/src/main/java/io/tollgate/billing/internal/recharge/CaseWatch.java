package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.RecurringJob;
import java.time.Duration;
import java.util.Map;

/** Counts the cases that are not closed, for the metric of the process that looks. */
final class CaseWatch {
  private static final Duration EVERY = Duration.ofSeconds(15);

  private final RechargeWing.Ground ground;
  private final CaseTable cases;
  private final RechargeMeters meters;

  CaseWatch(RechargeWing.Ground ground, CaseTable cases, RechargeMeters meters) {
    this.ground = requireNonNull(ground, "ground is null");
    this.cases = requireNonNull(cases, "cases is null");
    this.meters = requireNonNull(meters, "meters is null");
  }

  RecurringJob job() {
    return new RecurringJob("billing.recharge_cases", EVERY, this::count);
  }

  private void count() {
    Map<String, Integer> unclosed = ground.transactions().read(cases::unclosed);
    for (CaseKind kind : CaseKind.values()) {
      meters.cases(kind.code(), unclosed.getOrDefault(kind.code(), 0));
    }
  }
}
