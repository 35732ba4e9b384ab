package io.tollgate.metering.internal.doubt;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Leg;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a user can pay with, in the order in which it is used: token quotas, then money. A pure
 * value over accounts that the caller has locked; amounts in the assets' smallest units.
 */
final class UserMeans {
  private final List<UsableAccount> quotas = new ArrayList<>();
  private final List<UsableAccount> money = new ArrayList<>();
  private final boolean owing;

  /**
   * @param accounts the user's accounts in paying order
   * @param ownHold what the passage at hand has reserved of them already; it counts as available
   * @param now a grant that has expired by then pays with the own hold only
   */
  UserMeans(List<Account> accounts, Asset currency, List<Leg> ownHold, Instant now) {
    Map<Long, Long> own = new HashMap<>();
    ownHold.forEach(leg -> own.merge(leg.account().value(), leg.units(), Math::addExact));
    boolean owes = false;
    for (Account account : accounts) {
      AccountKind kind = account.key().kind();
      if (kind == AccountKind.OWED) {
        owes |= account.balance() < 0;
        continue;
      }
      long held = own.getOrDefault(account.id().value(), 0L);
      boolean expired = account.expiresAt().filter(end -> !end.isAfter(now)).isPresent();
      long usable = expired ? held : Math.addExact(Math.max(0, account.available()), held);
      if (usable <= 0) {
        continue;
      }
      UsableAccount found = new UsableAccount(account.id(), usable);
      if (account.key().asset().equals(Asset.TOKEN)) {
        quotas.add(found);
      } else if (account.key().asset().equals(currency)) {
        money.add(found);
      }
    }
    owing = owes;
  }

  /** Whether something is owed from before: nothing new is let through then. */
  boolean owing() {
    return owing;
  }

  long quotaTokens() {
    return sum(quotas);
  }

  long moneyUnits() {
    return sum(money);
  }

  /** Takes up to {@code tokens} from the quotas, in order. */
  List<Leg> takeQuota(long tokens) {
    return take(quotas, tokens);
  }

  /** Takes up to {@code units} of money, in order. */
  List<Leg> takeMoney(long units) {
    return take(money, units);
  }

  private static List<Leg> take(List<UsableAccount> accounts, long units) {
    List<Leg> legs = new ArrayList<>();
    long rest = units;
    for (UsableAccount account : accounts) {
      long taken = Math.min(rest, account.usable());
      if (taken > 0) {
        legs.add(new Leg(account.account(), taken));
        rest -= taken;
      }
    }
    return legs;
  }

  private static long sum(List<UsableAccount> accounts) {
    long sum = 0;
    for (UsableAccount account : accounts) {
      sum = Math.addExact(sum, account.usable());
    }
    return sum;
  }

  private record UsableAccount(AccountId account, long usable) {}
}
