package io.tollgate.edge.admin;

import io.tollgate.metering.InDoubt;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that waits for a decision, as it is listed.
 *
 * @param estimatedInputTokens what was reserved for
 * @param outputTokens what it had used by the last that is known
 * @param estimatedUsage what was reserved for, by kind
 * @param usage what it had used by the last that is known, by kind
 */
record InDoubtRow(
    String requestId,
    Instant createdAt,
    Instant inDoubtSince,
    long tenantId,
    long userId,
    long apiKeyId,
    String platform,
    String model,
    boolean stream,
    @Nullable String clientRequestId,
    String priceVersion,
    long estimatedInputTokens,
    long estimatedOutputTokens,
    long inputTokens,
    long outputTokens,
    Map<String, Long> estimatedUsage,
    Map<String, Long> usage) {
  static InDoubtRow of(InDoubt.Waiting row) {
    return new InDoubtRow(
        row.charge().toString(),
        row.openedAt(),
        row.since(),
        row.tenant().value(),
        row.user().value(),
        row.apiKey().value(),
        row.protocol().code(),
        row.model(),
        row.stream(),
        row.clientRequestId().orElse(null),
        row.priceVersion(),
        row.estimate().input(),
        row.estimate().output(),
        row.progress().input(),
        row.progress().output(),
        UsageByKind.of(row.estimate()),
        UsageByKind.of(row.progress()));
  }
}
