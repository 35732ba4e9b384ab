package io.tollgate.edge.admin;

import io.tollgate.billing.RechargeComparison;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A day of a channel's bill, compared with the orders, as the admin API shows it. */
record RechargeComparisonRow(
    long id,
    String method,
    String day,
    String state,
    int attempts,
    int lines,
    int matched,
    int differences,
    String detail,
    Instant startedAt,
    @Nullable Instant endedAt) {
  static RechargeComparisonRow of(RechargeComparison run) {
    return new RechargeComparisonRow(
        run.id(),
        run.method(),
        run.day().toString(),
        run.state(),
        run.attempts(),
        run.lines(),
        run.matched(),
        run.differences(),
        run.detail(),
        run.startedAt(),
        run.endedAt().orElse(null));
  }
}
