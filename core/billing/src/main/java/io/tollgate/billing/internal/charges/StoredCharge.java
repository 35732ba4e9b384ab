package io.tollgate.billing.internal.charges;

import io.tollgate.billing.ChargeReceipt;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Leg;
import java.time.LocalDate;
import java.util.List;

/**
 * A charge as it is in the books.
 *
 * @param limits allowances under which it counts
 */
record StoredCharge(
    ChargeId id,
    TenantId tenant,
    UserId user,
    String service,
    byte[] hash,
    long freeCount,
    long paidCount,
    Amount amount,
    List<Leg> legs,
    List<AccountId> limits,
    LocalDate day) {
  ChargeReceipt receipt(boolean repeated) {
    return new ChargeReceipt(id, freeCount, paidCount, amount, repeated);
  }
}
