package io.tollgate.edge.admin;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.insight.LogStatistics;
import java.math.BigDecimal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What requests of one group have in common, as it is shown.
 *
 * @param group null for those that have no such thing
 * @param cost in {@code currency}; null for requests that were not charged
 */
record LogStatisticsRow(
    @Nullable String group,
    long requests,
    long failed,
    long inputTokens,
    long outputTokens,
    @Nullable BigDecimal cost,
    @Nullable String currency,
    long latencyP50Ms,
    long latencyP95Ms,
    long latencyP99Ms,
    @Nullable Long firstTokenP50Ms,
    @Nullable Long firstTokenP95Ms) {
  static LogStatisticsRow of(LogStatistics row) {
    return new LogStatisticsRow(
        row.group().orElse(null),
        row.requests(),
        row.failed(),
        row.inputTokens(),
        row.outputTokens(),
        row.currency()
            .map(code -> new Amount(Asset.money(code), row.cost()).toDecimal())
            .orElse(null),
        row.currency().orElse(null),
        row.latencyP50Ms(),
        row.latencyP95Ms(),
        row.latencyP99Ms(),
        boxed(row.firstTokenP50Ms()),
        boxed(row.firstTokenP95Ms()));
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? (Long) value.getAsLong() : null;
  }
}
