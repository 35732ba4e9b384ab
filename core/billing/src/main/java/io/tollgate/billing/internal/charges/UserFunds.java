package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.metering.SpendLimit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a user can pay from, as it is read and as the decisions of one batch change it. Pure;
 * confined to the batch.
 */
final class UserFunds {
  private final SequencedMap<AccountId, Means> means = new LinkedHashMap<>();
  private final Map<Asset, Long> owed = new LinkedHashMap<>();
  private final List<SpendLimit> limits;
  private final BatchAllowances allowances;

  /**
   * @param accounts in the order in which they pay
   * @param now accounts that end by then pay nothing
   * @param limits under which the user's charges count, of {@code allowances}
   */
  UserFunds(
      List<Account> accounts, Instant now, List<SpendLimit> limits, BatchAllowances allowances) {
    this.limits = List.copyOf(limits);
    this.allowances = requireNonNull(allowances, "allowances is null");
    for (Account account : accounts) {
      switch (account.key().kind()) {
        case BALANCE, GIFT, GRANT -> means.put(account.id(), new Means(account, now));
        case OWED ->
            owed.merge(
                account.key().asset(),
                Math.max(0, Math.negateExact(account.balance())),
                Math::addExact);
        case LIMIT, REVENUE, WORLD_PAYMENTS, WORLD_GRANTS, WORLD_UPSTREAM, WORLD_LIMITS -> {}
      }
    }
  }

  /**
   * The funds of users.
   *
   * @param accounts in the order in which they pay
   */
  static Map<UserOfTenant, UserFunds> of(
      Map<UserOfTenant, List<Account>> accounts,
      Instant now,
      Map<UserOfTenant, List<SpendLimit>> limits,
      BatchAllowances allowances) {
    Map<UserOfTenant, UserFunds> funds = HashMap.newHashMap(accounts.size());
    accounts.forEach(
        (user, own) ->
            funds.put(
                user, new UserFunds(own, now, limits.getOrDefault(user, List.of()), allowances)));
    return funds;
  }

  /** What is left of the free quota in an asset. */
  long quota(Asset asset) {
    return sum(asset, true);
  }

  /** What can be spent of a currency: what is owed in it is not. */
  long money(Asset currency) {
    return Math.max(0, Math.subtractExact(sum(currency, false), owed.getOrDefault(currency, 0L)));
  }

  /** What the user has of a currency, what is held included, less what they owe. */
  long balance(Asset currency) {
    long sum = 0;
    for (Means each : means.values()) {
      if (each.account.key().asset().equals(currency)) {
        sum = Math.addExact(sum, each.balance);
      }
    }
    return Math.subtractExact(sum, owed.getOrDefault(currency, 0L));
  }

  /** Accounts of which an asset is paid. */
  List<AccountId> accounts(Asset asset) {
    return means.values().stream()
        .filter(each -> each.account.key().asset().equals(asset))
        .map(each -> each.account.id())
        .toList();
  }

  /**
   * Spends what has been found to be there.
   *
   * @return what each account gives, positive
   */
  List<Leg> spend(Asset asset, long units) {
    List<Leg> legs = take(asset, units);
    for (Leg leg : legs) {
      Means each = means.get(leg.account());
      if (each != null) {
        each.balance = Math.subtractExact(each.balance, leg.units());
      }
    }
    return legs;
  }

  /** The same, reserving it only. */
  List<Leg> reserve(Asset asset, long units) {
    return take(asset, units);
  }

  /** Whose spend limit does not leave so much of a currency, if one does not. */
  Optional<SpendLimit.Scope> limit(Asset currency, long units) {
    return limits.stream()
        .filter(each -> each.currency().equals(currency))
        .filter(each -> allowances.left(each.account()) < units)
        .map(SpendLimit::scope)
        .findFirst();
  }

  /**
   * Counts under the limits what has been found to be within them.
   *
   * @return their allowances, in the order of ids
   */
  List<AccountId> count(Asset currency, long units) {
    List<AccountId> counted =
        limits.stream()
            .filter(each -> each.currency().equals(currency))
            .map(SpendLimit::account)
            .sorted(Comparator.comparingLong(AccountId::value))
            .toList();
    counted.forEach(each -> allowances.move(each, -units));
    return counted;
  }

  /** What was reserved can be used again. */
  void release(List<Leg> legs) {
    move(legs, 1);
  }

  /** Takes a release back. */
  void reserveAgain(List<Leg> legs) {
    move(legs, -1);
  }

  private List<Leg> take(Asset asset, long units) {
    List<Leg> legs = new ArrayList<>();
    long rest = units;
    for (Means each : means.values()) {
      long part = each.account.key().asset().equals(asset) ? Math.min(rest, each.usable()) : 0;
      if (part > 0) {
        legs.add(new Leg(each.account.id(), part));
        each.available -= part;
        rest -= part;
      }
    }
    if (rest > 0) {
      throw new IllegalStateException(
          units + " of " + asset + " are to be taken, " + rest + " more than there are");
    }
    return legs;
  }

  private void move(List<Leg> legs, int sign) {
    for (Leg leg : legs) {
      Means each = means.get(leg.account());
      if (each == null) {
        allowances.move(leg.account(), sign * leg.units());
      } else {
        each.available = Math.addExact(each.available, sign * leg.units());
      }
    }
  }

  private long sum(Asset asset, boolean grantsOnly) {
    long sum = 0;
    for (Means each : means.values()) {
      boolean counts = !grantsOnly || each.account.key().kind() == AccountKind.GRANT;
      if (counts && each.account.key().asset().equals(asset)) {
        sum = Math.addExact(sum, each.usable());
      }
    }
    return sum;
  }

  private static final class Means {
    final Account account;
    final boolean ended;
    long balance;
    long available;

    Means(Account account, Instant now) {
      this.account = account;
      this.ended = account.expiresAt().filter(end -> !end.isAfter(now)).isPresent();
      this.balance = account.balance();
      this.available = account.available();
    }

    long usable() {
      return ended ? 0 : Math.max(0, available);
    }
  }
}
