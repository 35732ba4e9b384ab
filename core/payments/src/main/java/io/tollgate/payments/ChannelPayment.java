package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;

/**
 * A payment that was made at a channel.
 *
 * @param id what the channel calls it
 * @param amount what was paid, refunds not taken off
 */
public record ChannelPayment(String id, Amount amount) {
  public ChannelPayment {
    requireNonNull(id, "id is null");
    requireNonNull(amount, "amount is null");
  }
}
