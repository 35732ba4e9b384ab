package io.tollgate.ledger;

import io.tollgate.ground.TenantId;
import java.util.Optional;

/** Which accounts are listed; what is empty does not filter. */
public record AccountFilter(
    Optional<TenantId> tenant,
    Optional<String> owner,
    Optional<String> asset,
    Optional<AccountKind> kind) {
  public static final AccountFilter ALL =
      new AccountFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
