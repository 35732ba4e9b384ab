package io.tollgate.ledger;

import io.tollgate.ground.AccountId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An account as it stood when it was read. Amounts in the asset's smallest units.
 *
 * @param balance sum of its entries
 * @param held part of the balance that is reserved
 * @param floor what {@code balance - held} never goes below; empty: no floor
 * @param version grows with every change of balance or held
 */
public record Account(
    AccountId id,
    AccountKey key,
    long balance,
    long held,
    OptionalLong floor,
    Optional<Instant> expiresAt,
    int priority,
    Instant createdAt,
    long version) {
  /** What can still be reserved or spent: {@code balance - held - floor}. */
  public long available() {
    return balance - held - floor.orElse(0);
  }
}
