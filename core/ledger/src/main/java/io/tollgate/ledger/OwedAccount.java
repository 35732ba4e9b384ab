package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.UUID;

/**
 * What a user owes.
 *
 * @param amount what is owed, above 0
 * @param transfer that changed it last
 * @param kind of that transfer
 * @param reference of that transfer
 * @param changedAt when that was posted
 */
public record OwedAccount(
    AccountId account,
    TenantId tenant,
    UserId user,
    Amount amount,
    UUID transfer,
    String kind,
    String reference,
    Instant changedAt) {
  public OwedAccount {
    requireNonNull(account, "account is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(transfer, "transfer is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(reference, "reference is null");
    requireNonNull(changedAt, "changedAt is null");
  }
}
