package io.tollgate.billing.internal.charges;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ledger.Leg;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * A charge that is decided.
 *
 * @param quota what the service's free quota is counted in
 * @param free legs that the free quota gives, positive
 * @param money legs that money gives, positive
 * @param limits allowances under which it counts with its whole amount
 * @param day of the tenant by which it counts
 * @param balanceAfter what the user has of the currency then, smallest units
 */
record NewCharge(
    ReadyCall ready,
    ChargeId id,
    long freeCount,
    long paidCount,
    Amount amount,
    Asset quota,
    List<Leg> free,
    List<Leg> money,
    List<AccountId> limits,
    LocalDate day,
    long balanceAfter) {
  List<Leg> legs() {
    return Stream.concat(free.stream(), money.stream()).toList();
  }
}
