package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import java.time.Instant;
import java.util.UUID;

/**
 * One movement of what a user has.
 *
 * @param seq number within the transfer
 * @param kind of the transfer
 * @param reference the charge that it is of, where it is of one; else the transfer's reference,
 *     which may be empty
 * @param account on which of the user's accounts it stands
 * @param balanceAfter what the user had of the asset right after it, in all accounts together, less
 *     what was owed
 */
public record StatementLine(
    UUID transfer,
    int seq,
    String kind,
    String reference,
    AccountKind account,
    Amount amount,
    Amount balanceAfter,
    Instant effectiveAt,
    Instant postedAt) {
  public StatementLine {
    requireNonNull(transfer, "transfer is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(reference, "reference is null");
    requireNonNull(account, "account is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(balanceAfter, "balanceAfter is null");
    requireNonNull(effectiveAt, "effectiveAt is null");
    requireNonNull(postedAt, "postedAt is null");
  }
}
