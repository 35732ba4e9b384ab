package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.metering.internal.shard.UserWallet;
import java.util.Map;
import java.util.UUID;

/**
 * A charge in the model's books.
 *
 * @param log whose record it was; another one after a fork
 * @param decided whether a rule decided on it for want of a result
 * @param taken what it took of the accounts
 * @param owed what became debt, by asset
 */
record Booked(
    UUID log,
    UserWallet.Owner owner,
    TokenUsage usage,
    long price,
    boolean decided,
    Map<AccountId, Long> taken,
    Map<Asset, Long> owed) {
  Booked {
    taken = Map.copyOf(taken);
    owed = Map.copyOf(owed);
  }
}
