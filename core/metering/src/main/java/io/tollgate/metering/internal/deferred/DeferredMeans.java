package io.tollgate.metering.internal.deferred;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Leg;
import io.tollgate.metering.PriceQuote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a user can pay with, and what it comes to when one thing after the other is paid: token
 * quotas first, then money, each in paying order; and what their spend limits leave. Over accounts
 * that the caller has locked; amounts in smallest units. For one thread.
 */
final class DeferredMeans {
  private final Asset currency;
  private final Map<AccountId, Long> quotas = new LinkedHashMap<>();
  private final Map<AccountId, Long> money = new LinkedHashMap<>();
  private final Map<AccountId, Long> limits = new LinkedHashMap<>();
  private boolean owing;

  /** How a thing is paid; legs are positive. */
  record Split(List<Leg> quota, List<Leg> money, long price, long uncovered) {
    long quotaTokens() {
      return units(quota);
    }

    long paid() {
      return units(money);
    }
  }

  DeferredMeans(Asset currency) {
    this.currency = currency;
  }

  /**
   * Adds an account that pays, behind those before.
   *
   * @param usable what of it may be taken
   */
  void pays(Account account, long usable) {
    if (account.key().kind() == AccountKind.OWED) {
      owing |= account.balance() < 0 && !account.key().asset().equals(Asset.TOKEN);
    } else if (usable > 0 && account.key().asset().equals(Asset.TOKEN)) {
      quotas.put(account.id(), usable);
    } else if (usable > 0 && account.key().asset().equals(currency)) {
      money.put(account.id(), usable);
    }
  }

  /** Adds a limit that counts. */
  void limits(Account account, long usable) {
    limits.put(account.id(), Math.max(0, usable));
  }

  /** What may be taken of an account: what is available, and of one that has expired its hold. */
  static long usable(Account account, long held, Instant now) {
    boolean expired = account.expiresAt().filter(end -> !end.isAfter(now)).isPresent();
    long available = Math.max(0, account.available());
    return expired ? Math.min(held, available) : available;
  }

  boolean owing() {
    return owing;
  }

  /** Takes what a thing costs. */
  Split take(PriceQuote quote, TokenUsage usage, boolean estimated) {
    List<Leg> tokens = take(quotas, usage.total());
    long covered = units(tokens);
    long price = estimated ? quote.estimate(usage, covered) : quote.price(usage, covered);
    List<Leg> paid = take(money, price);
    return new Split(tokens, paid, price, price - units(paid));
  }

  /** Counts a price against the limits, as far as they go; positive. */
  List<Leg> count(long price) {
    List<Leg> legs = new ArrayList<>();
    limits.forEach((account, left) -> add(legs, account, Math.min(price, left)));
    legs.forEach(leg -> limits.merge(leg.account(), -leg.units(), Math::addExact));
    return legs;
  }

  /** The first limit that leaves less than this. */
  Optional<AccountId> exceeded(long price) {
    return limits.entrySet().stream()
        .filter(limit -> limit.getValue() < price)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static List<Leg> take(Map<AccountId, Long> accounts, long units) {
    List<Leg> legs = new ArrayList<>();
    long rest = units;
    for (Map.Entry<AccountId, Long> account : accounts.entrySet()) {
      long taken = Math.min(rest, account.getValue());
      if (taken > 0) {
        add(legs, account.getKey(), taken);
        account.setValue(account.getValue() - taken);
        rest -= taken;
      }
      if (rest == 0) {
        break;
      }
    }
    return legs;
  }

  private static void add(List<Leg> legs, AccountId account, long units) {
    if (units > 0) {
      legs.add(new Leg(account, units));
    }
  }

  static long units(List<Leg> legs) {
    long sum = 0;
    for (Leg leg : legs) {
      sum = Math.addExact(sum, leg.units());
    }
    return sum;
  }
}
