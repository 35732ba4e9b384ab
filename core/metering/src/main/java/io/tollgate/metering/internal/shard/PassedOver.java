package io.tollgate.metering.internal.shard;

import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Leg;
import io.tollgate.metering.internal.meterlog.LogRecord;
import io.tollgate.metering.internal.meterlog.LogRecord.LegKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes into a result's legs which accounts should have paid and were not there in time. */
final class PassedOver {
  private PassedOver() {}

  /**
   * All legs in paying order, limits last; those that were passed over as far as the record has
   * room for them, and where a later one can have paid in their place.
   */
  static List<LogRecord.Leg> among(
      List<LogRecord.Leg> taken, PassageAccounts accounts, List<Leg> quota, List<Leg> money) {
    Map<AccountId, Long> missed = new LinkedHashMap<>();
    quota.forEach(leg -> missed.merge(leg.account(), leg.units(), Math::max));
    money.forEach(leg -> missed.merge(leg.account(), leg.units(), Math::max));
    int room = LogRecord.MAX_LEGS - taken.size();
    List<AccountId> order = new ArrayList<>(accounts.quota().accounts());
    order.addAll(accounts.money().accounts());
    List<LogRecord.Leg> legs = new ArrayList<>();
    for (AccountId account : order) {
      Long units = missed.get(account);
      if (units != null && room > 0) {
        legs.add(new LogRecord.Leg(LegKind.PASSED_OVER, account, units));
        room--;
      }
      for (LogRecord.Leg leg : taken) {
        if (leg.kind() == LegKind.PAYMENT && leg.account().equals(account)) {
          legs.add(leg);
        }
      }
    }
    taken.stream().filter(leg -> leg.kind() == LegKind.LIMIT).forEach(legs::add);
    return legs;
  }
}
