package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import io.tollgate.ground.ChargeId;

/**
 * What was charged.
 *
 * @param record by which it is found and given back
 * @param free calls that were free
 * @param paid calls that were paid
 * @param amount what they cost
 * @param repeated whether it had been charged before, under the same request id
 */
public record ChargeReceipt(
    ChargeId record, long free, long paid, Amount amount, boolean repeated) {
  public ChargeReceipt {
    requireNonNull(record, "record is null");
    requireNonNull(amount, "amount is null");
  }
}
