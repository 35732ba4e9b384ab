package io.tollgate.metering.internal.doubt;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Leg;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the spend limits leave under which a passage was opened. A pure value over accounts that the
 * caller has locked; amounts in smallest units.
 */
final class LimitAllowances {
  private final Map<AccountId, Long> usable = new LinkedHashMap<>();

  /**
   * @param accounts among which limits are counted
   * @param ownHold what the passage has reserved of them already; it counts as available
   * @param now a limit whose window has ended by then counts with the own hold only
   */
  LimitAllowances(Collection<Account> accounts, Asset currency, List<Leg> ownHold, Instant now) {
    Map<AccountId, Long> own = new HashMap<>();
    ownHold.forEach(leg -> own.merge(leg.account(), leg.units(), Math::addExact));
    for (Account account : accounts) {
      boolean counts =
          account.key().kind() == AccountKind.LIMIT
              && account.key().asset().equals(Asset.allowance(currency));
      if (counts) {
        long held = own.getOrDefault(account.id(), 0L);
        boolean over = account.expiresAt().filter(end -> !end.isAfter(now)).isPresent();
        long free = over ? 0 : Math.max(0, account.available());
        usable.put(account.id(), Math.addExact(free, held));
      }
    }
  }

  /** What a price uses up of each, as far as that goes; positive. */
  List<Leg> use(long price) {
    List<Leg> legs = new ArrayList<>();
    usable.forEach(
        (account, units) -> {
          long used = Math.min(price, units);
          if (used > 0) {
            legs.add(new Leg(account, used));
          }
        });
    return legs;
  }
}
