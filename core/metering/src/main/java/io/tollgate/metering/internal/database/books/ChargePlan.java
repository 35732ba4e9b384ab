package io.tollgate.metering.internal.database.books;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.ChargeLeg;
import io.tollgate.metering.PriceQuote;
import io.tollgate.metering.ServedUsage;
import io.tollgate.metering.internal.database.tables.LegOwnership;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseStanding;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Leg;
import io.tollgate.metering.internal.meterlog.LogRecord.LegKind;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;
import io.tollgate.metering.internal.settlement.SettledCharge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the charges of a log are booked over locked accounts. Each leg takes what the log's lease has
 * left, then what is available, then it is owed; what the journal left uncovered takes what is
 * available of the user's balance, then it is owed. Never refused for lack of means. The price
 * counts against each limit as far as its allowance goes: nobody owes an allowance. Pure; for one
 * batch.
 */
final class ChargePlan {
  private final Map<AccountId, LeasedAccount> accounts = new HashMap<>();
  private final Map<Payer, AccountId> balances;
  private final CurrencyLookup currencies;
  private final Map<TenantId, TenantCharges> tenants = new LinkedHashMap<>();
  private final List<BookedCharge> booked = new ArrayList<>();

  /**
   * @param locked accounts of all legs, and balances
   * @param leases of the log
   * @param balances where users have paid in, for charges that are not covered
   * @param currencies of price versions
   */
  ChargePlan(
      Map<AccountId, Account> locked,
      List<LeaseStanding> leases,
      Map<Payer, AccountId> balances,
      CurrencyLookup currencies) {
    locked.forEach((id, account) -> accounts.put(id, new LeasedAccount(account)));
    for (LeaseStanding lease : leases) {
      LeasedAccount account = accounts.get(lease.account());
      if (account != null) {
        account.lease(lease);
      }
    }
    this.balances = balances;
    this.currencies = currencies;
  }

  /** A user's money in one currency. */
  record Payer(TenantId tenant, UserId user, Asset asset) {}

  /** Units that nothing covers. */
  record Shortfall(ChargeId charge, Payer payer, long units) {}

  /** What a batch takes from one tenant's users. */
  static final class TenantCharges {
    final List<ChargeLeg> debits = new ArrayList<>();
    final List<Shortfall> shortfalls = new ArrayList<>();
    final Map<Asset, Long> earned = new LinkedHashMap<>();

    /** Allowances used, in their assets. */
    final Map<Asset, Long> allowed = new LinkedHashMap<>();

    int charges;

    private void earn(Asset asset, long units) {
      earned.merge(asset, units, Math::addExact);
    }
  }

  /**
   * Decides one charge.
   *
   * @throws IllegalArgumentException when its legs make no sense: the charge cannot be booked
   */
  void add(SettledCharge charge) {
    var intent = charge.intent();
    var result = charge.result();
    Asset currency = currencies.apply(intent.priceVersion());
    TenantCharges into = tenants.computeIfAbsent(intent.tenant(), id -> new TenantCharges());
    into.charges++;
    ChargeDecision decision = new ChargeDecision(charge, currency, into);
    if (result.hasPassedOver()) {
      decision.late(late(intent, result));
    } else {
      for (Leg leg : result.legs()) {
        switch (leg.kind()) {
          case PAYMENT -> decision.payment(leg, leg.units());
          case LIMIT -> decision.limit(leg, result.price());
          case PASSED_OVER -> {}
        }
      }
      decision.uncovered(result.uncovered());
    }
    booked.add(
        new BookedCharge(
            charge,
            currency,
            decision.tokens,
            decision.paid,
            decision.owed,
            currencies.upstreamCost(
                new ServedUsage(
                    intent.at(),
                    result.upstreamAccount(),
                    result.upstreamModel(),
                    result.priceVersion(intent),
                    result.usage()))));
  }

  /** The split as it is now that the database answers. */
  private LateSplit late(Intent intent, Result result) {
    PriceQuote quote = currencies.quote(result.priceVersion(intent));
    return LateSplit.of(
        result,
        id -> {
          LeasedAccount account = accounts.get(id);
          return account != null && account.key.asset().equals(Asset.TOKEN);
        },
        id -> {
          LeasedAccount account = accounts.get(id);
          return account != null && LegOwnership.pays(intent, account.key)
              ? account.available()
              : 0;
        },
        quote.payableTokens(result.usage()),
        covered -> quote.price(result.usage(), covered));
  }

  /** In the order of the log. */
  List<BookedCharge> booked() {
    return booked;
  }

  Map<TenantId, TenantCharges> tenants() {
    return tenants;
  }

  /** By how much less is held of the tenant's accounts. */
  List<io.tollgate.ledger.Leg> releases(TenantId tenant) {
    List<io.tollgate.ledger.Leg> releases = new ArrayList<>();
    for (LeasedAccount account : accounts.values()) {
      if (account.released > 0 && account.key.tenant().equals(tenant)) {
        releases.add(new io.tollgate.ledger.Leg(account.id, account.released));
      }
    }
    return releases;
  }

  /**
   * The log's rows as they are to be.
   *
   * @param fresh also those that were not there
   */
  List<LeaseStanding> leases(HolderId holder, boolean fresh) {
    List<LeaseStanding> rows = new ArrayList<>();
    for (LeasedAccount account : accounts.values()) {
      if (account.taken > 0 && (fresh || account.isLeased())) {
        rows.add(account.leaseAfter(holder));
      }
    }
    return rows;
  }

  /** One charge while it is decided. */
  private final class ChargeDecision {
    private final SettledCharge charge;
    private final Asset currency;
    private final TenantCharges into;
    long tokens;
    long paid;
    long owed;

    ChargeDecision(SettledCharge charge, Asset currency, TenantCharges into) {
      this.charge = charge;
      this.currency = currency;
      this.into = into;
    }

    /** Has those pay that were not there in time, and the others so much less. */
    void late(LateSplit split) {
      Map<AccountId, Long> pays = new LinkedHashMap<>(split.pays());
      for (Leg leg : charge.result().legs()) {
        switch (leg.kind()) {
          case PAYMENT -> payment(leg, Math.min(leg.units(), pays.getOrDefault(leg.account(), 0L)));
          case LIMIT -> limit(leg, split.price());
          case PASSED_OVER -> {}
        }
      }
      for (Leg leg : charge.result().legs()) {
        if (leg.kind() == LegKind.PAYMENT) {
          pays.computeIfPresent(leg.account(), (_, units) -> Math.max(0, units - leg.units()));
        }
      }
      pays.forEach(this::fresh);
      uncovered(split.uncovered());
    }

    /** Takes of what is available: it is there. */
    private void fresh(AccountId id, long units) {
      if (units == 0) {
        return;
      }
      LeasedAccount account = account(id);
      long covered = account.takeAvailable(units);
      debit(id, covered);
      if (account.key.asset().equals(Asset.TOKEN)) {
        tokens = Math.addExact(tokens, units);
      } else {
        paid = Math.addExact(paid, covered);
        owed = Math.addExact(owed, units - covered);
      }
      shortfall(account.key.asset(), units - covered);
      earn(account.key.asset(), units);
    }

    /**
     * The lease counts the leg in full, as its holder does.
     *
     * @param units what the account pays of it; less where another pays after all
     */
    void payment(Leg leg, long units) {
      LeasedAccount account = account(leg.account());
      boolean quota = account.key.asset().equals(Asset.TOKEN);
      if (!quota && !account.key.asset().equals(currency)) {
        throw new IllegalArgumentException(
            "leg in "
                + account.key.asset().code()
                + " (expected: TOKEN or "
                + currency.code()
                + ")");
      }
      long taken = account.takeLeased(leg.units());
      long covered = Math.min(taken, units);
      account.giveBack(taken - covered);
      debit(account.id, covered);
      long missing = units - covered;
      if (quota) {
        tokens = Math.addExact(tokens, units);
      } else {
        paid = Math.addExact(paid, covered);
        owed = Math.addExact(owed, missing);
      }
      shortfall(account.key.asset(), missing);
      earn(account.key.asset(), units);
    }

    /**
     * An account that is not the allowance it was (numbers of accounts are given again by a
     * database that was put back) counts nothing: no charge fails for that.
     */
    void limit(Leg leg, long price) {
      LeasedAccount account = accounts.get(leg.account());
      if (account == null || !LegOwnership.limits(charge.intent(), currency, account.key)) {
        return;
      }
      long leased = account.takeLeased(leg.units());
      long counted = Math.min(leased, price);
      account.giveBack(leased - counted);
      counted += account.takeAvailable(Math.max(0, price - leg.units()));
      debit(account.id, counted);
      if (counted > 0) {
        into.allowed.merge(account.key.asset(), counted, Math::addExact);
      }
    }

    void uncovered(long units) {
      if (units == 0) {
        return;
      }
      AccountId balance =
          balances.get(new Payer(charge.intent().tenant(), charge.intent().user(), currency));
      long covered = balance == null ? 0 : account(balance).takeAvailable(units);
      if (balance != null) {
        debit(balance, covered);
      }
      paid = Math.addExact(paid, covered);
      owed = Math.addExact(owed, units - covered);
      shortfall(currency, units - covered);
      earn(currency, units);
    }

    private void debit(AccountId account, long units) {
      if (units > 0) {
        into.debits.add(new ChargeLeg(charge.intent().charge(), account, units));
      }
    }

    private void shortfall(Asset asset, long units) {
      if (units > 0) {
        Payer payer = new Payer(charge.intent().tenant(), charge.intent().user(), asset);
        into.shortfalls.add(new Shortfall(charge.intent().charge(), payer, units));
      }
    }

    private void earn(Asset asset, long units) {
      if (units > 0) {
        into.earn(asset, units);
      }
    }

    private LeasedAccount account(AccountId id) {
      LeasedAccount account = accounts.get(id);
      if (account == null || !LegOwnership.pays(charge.intent(), account.key)) {
        throw new IllegalArgumentException(
            "account %s (expected: one of tenant %s user:%s)"
                .formatted(id, charge.intent().tenant(), charge.intent().user()));
      }
      return account;
    }
  }
}
