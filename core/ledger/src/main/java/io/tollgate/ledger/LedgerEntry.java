package io.tollgate.ledger;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import java.time.Instant;
import java.util.UUID;

/**
 * One entry, with what its transfer says.
 *
 * @param seq number within the transfer, from 1
 * @param kind of the transfer
 * @param reference the charge that the entry is of, where a batch of charges was posted; else the
 *     transfer's reference, which may be empty
 * @param shard part of the account that was written; 0 for all but hot accounts
 * @param balanceAfter of that shard
 */
public record LedgerEntry(
    UUID transfer,
    int seq,
    TenantId tenant,
    String kind,
    String reference,
    AccountId account,
    int shard,
    Amount amount,
    Amount balanceAfter,
    Instant effectiveAt,
    Instant postedAt) {}
