package io.tollgate.trading.engine.internal.orders;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.trading.engine.sizing.SizingTerms;

/**
 * An account that follows the strategy of a signal.
 *
 * @param once whether it does so for one position only
 * @param sizing how much one trade is for
 * @param minConfidence that the strategy asks of its signals, 0 to 100
 * @param minPointCard points under which nothing new is entered
 */
record Target(
    long account,
    TenantId tenant,
    UserId user,
    boolean paper,
    boolean once,
    SizingTerms sizing,
    int minConfidence,
    Amount minPointCard) {
  Target {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(sizing, "sizing is null");
    requireNonNull(minPointCard, "minPointCard is null");
  }
}
