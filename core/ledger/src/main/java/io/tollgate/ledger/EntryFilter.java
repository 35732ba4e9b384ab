package io.tollgate.ledger;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which entries are listed; what is empty does not filter.
 *
 * @param reference of the transfer; a charge id also finds the entries of that charge in a batch
 * @param start posted at this time or later
 * @param end posted before this time
 */
public record EntryFilter(
    Optional<TenantId> tenant,
    Optional<AccountId> account,
    Optional<UUID> transfer,
    Optional<String> reference,
    Optional<Instant> start,
    Optional<Instant> end) {
  public static final EntryFilter ALL =
      new EntryFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
}
