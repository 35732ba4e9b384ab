package io.tollgate.edge.admin;

import io.tollgate.ledger.LedgerEntry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** An entry as it is listed; amounts in whole units of the asset. */
record EntryRow(
    UUID transferId,
    int seq,
    long tenantId,
    String kind,
    String reference,
    long accountId,
    int shard,
    String asset,
    BigDecimal amount,
    BigDecimal balanceAfter,
    Instant effectiveAt,
    Instant postedAt) {
  static EntryRow of(LedgerEntry entry) {
    return new EntryRow(
        entry.transfer(),
        entry.seq(),
        entry.tenant().value(),
        entry.kind(),
        entry.reference(),
        entry.account().value(),
        entry.shard(),
        entry.amount().asset().code(),
        entry.amount().toDecimal(),
        entry.balanceAfter().toDecimal(),
        entry.effectiveAt(),
        entry.postedAt());
  }
}
