package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.metering.internal.database.books.LateSplit;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseStanding;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Leg;
import io.tollgate.metering.internal.meterlog.LogRecord.LegKind;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.shard.UserWallet;
import io.tollgate.metering.internal.simulation.Violation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** One charge on its way into the model's books: what it takes, and from where. */
final class Booking {
  private final Database database;
  private final UserWallet.Owner owner;
  private final Map<AccountId, Long> taken = new LinkedHashMap<>();
  private final Map<Asset, Long> owed = new LinkedHashMap<>();

  private Booking(Database database, Intent intent) {
    this.database = database;
    this.owner = new UserWallet.Owner(intent.tenant(), intent.user());
  }

  /** Books a result: its legs from the lease, from what is available, or as debt. */
  static void result(
      Database database, LogRow row, Intent intent, Result result, boolean putRight) {
    if (!result.hasPassedOver()) {
      book(database, row, intent, result, asRecorded(result));
      return;
    }
    LateSplit split = putRight ? putRight(database, result) : asRecorded(result);
    book(database, row, intent, result, split);
    for (Leg leg : result.legs()) {
      boolean idle =
          leg.kind() == LegKind.PASSED_OVER && database.account(leg.account()).available > 0;
      if (idle) {
        requireNothingLater(result, leg, split);
      }
    }
  }

  /** Those pay that were not there in time when it was recorded. */
  private static LateSplit putRight(Database database, Result result) {
    return LateSplit.of(
        result,
        account -> People.asset(account).equals(Asset.TOKEN),
        account -> database.account(account).available,
        result.usage().total(),
        covered -> SevenEach.PRICE * (result.usage().total() - covered));
  }

  private static LateSplit asRecorded(Result result) {
    Map<AccountId, Long> pays = new LinkedHashMap<>();
    for (Leg leg : result.taken()) {
      if (leg.kind() == LegKind.PAYMENT) {
        pays.merge(leg.account(), leg.units(), Math::addExact);
      }
    }
    return new LateSplit(pays, result.price(), result.uncovered());
  }

  private static void book(
      Database database, LogRow row, Intent intent, Result result, LateSplit split) {
    UUID log = row.identity().log();
    Booking booking = new Booking(database, intent);
    Map<AccountId, Long> pays = new LinkedHashMap<>(split.pays());
    for (Leg leg : result.taken()) {
      long leased = isLeased(database, row, leg) ? booking.lease(log, leg) : 0;
      switch (leg.kind()) {
        case PAYMENT -> {
          long units = Math.min(leg.units(), pays.getOrDefault(leg.account(), 0L));
          booking.spare(leg.account(), Math.max(0, leased - units));
          booking.take(leg.account(), Math.max(0, units - leased));
          pays.merge(leg.account(), -units, Math::addExact);
        }
        case LIMIT -> {
          booking.spare(leg.account(), Math.max(0, leased - split.price()));
          booking.count(leg.account(), Math.max(0, split.price() - leased));
        }
        case PASSED_OVER -> throw new IllegalStateException("leg " + leg + " (expected: taken)");
      }
    }
    pays.forEach(booking::take);
    booking.take(People.balance(booking.owner), split.uncovered());
    booking.write(result.charge(), log, result.usage(), split.price(), false);
  }

  /** A leg with means is never passed over. */
  static void requireNothingLater(Result result, Leg passedOver, LateSplit split) {
    boolean quota = People.asset(passedOver.account()).equals(Asset.TOKEN);
    long paid = split.pays().getOrDefault(passedOver.account(), 0L);
    boolean money = quota && split.price() > 0;
    boolean owing = split.uncovered() > 0;
    if (paid < passedOver.units() && (money || owing)) {
      throw new Violation(
          "account "
              + passedOver.account()
              + " has means, and was passed over by charge "
              + result.charge());
    }
  }

  /** What the lease had for the leg is not needed. */
  private void spare(AccountId account, long units) {
    if (units > 0) {
      taken.merge(account, -units, Math::addExact);
      database.account(account).available += units;
    }
  }

  /** Undoes what was decided: what was taken comes back, and pays first what is owed. */
  static void giveBack(Database database, Booked decided) {
    decided
        .owed()
        .forEach(
            (asset, units) -> {
              Database.Debt debt = new Database.Debt(decided.owner(), asset);
              long open = Math.min(units, database.owed.getOrDefault(debt, 0L));
              database.revenue.merge(asset, -units, Math::addExact);
              database.repay(debt, open);
              database.giveBack(People.balance(decided.owner()), units - open);
            });
    decided
        .taken()
        .forEach(
            (account, units) -> {
              database.revenue.merge(People.asset(account), -units, Math::addExact);
              database.giveBack(account, units);
            });
  }

  /** Books what a rule has decided, for want of a result: quota first, as always. */
  static void decided(Database database, InDoubt doubt, TokenUsage usage) {
    Booking booking = new Booking(database, doubt.open().intent());
    long tokens = 0;
    for (Leg leg : doubt.open().legs()) {
      if (People.asset(leg.account()).equals(Asset.TOKEN)) {
        long units = Math.min(leg.units(), usage.total() - tokens);
        tokens += units;
        booking.take(leg.account(), units);
      }
    }
    long price = SevenEach.PRICE * (usage.total() - tokens);
    long rest = price;
    for (Leg leg : doubt.open().legs()) {
      if (leg.kind() == LegKind.LIMIT) {
        booking.count(leg.account(), price);
      } else if (!People.asset(leg.account()).equals(Asset.TOKEN)) {
        long units = Math.min(leg.units(), rest);
        rest -= units;
        booking.take(leg.account(), units);
      }
    }
    booking.take(People.balance(booking.owner), rest);
    booking.write(doubt.open().intent().charge(), doubt.log(), usage, price, true);
  }

  /** Keeps a charge that cannot be booked, with what its lease has left for it. */
  static void keep(Database database, LogRow row, SettledCharge charge) {
    Booking booking = new Booking(database, charge.intent());
    for (Leg leg : charge.result().taken()) {
      if (isLeased(database, row, leg)) {
        var _ = booking.lease(row.identity().log(), leg);
      }
    }
    booking.taken.forEach((account, units) -> database.account(account).held += units);
    database.exceptions.put(charge.intent().charge(), Map.copyOf(booking.taken));
  }

  /** Whether the log's lease counts the leg, be there enough in it or not. */
  private static boolean isLeased(Database database, LogRow row, Leg leg) {
    HolderId holder = new HolderId(row.identity().log());
    return switch (row.state()) {
      case OPEN, RECOVERING -> true;
      case FORKED -> database.leases(holder).containsKey(leg.account());
      case ENDED, LOST -> false;
    };
  }

  private long lease(UUID log, Leg leg) {
    HolderId holder = new HolderId(log);
    LeaseStanding row =
        database
            .leases(holder)
            .getOrDefault(
                leg.account(), new LeaseStanding(holder, leg.account(), 0, 0, 0, 0, false));
    long units = Math.min(row.outstanding(), leg.units());
    long settled = Math.addExact(row.settled(), leg.units());
    database
        .leases(holder)
        .put(
            leg.account(),
            new LeaseStanding(
                holder,
                leg.account(),
                row.number(),
                row.token(),
                Math.max(row.granted(), settled),
                settled,
                row.drained()));
    database.account(leg.account()).held -= units;
    taken.merge(leg.account(), units, Math::addExact);
    return units;
  }

  private void take(AccountId account, long units) {
    long available = database.takeAvailable(account, units);
    taken.merge(account, available, Math::addExact);
    if (units > available) {
      owed.merge(People.asset(account), units - available, Math::addExact);
      database.owed.merge(
          new Database.Debt(owner, People.asset(account)), units - available, Math::addExact);
    }
  }

  /** Uses up an allowance as far as it goes: nobody owes one. */
  private void count(AccountId limit, long units) {
    taken.merge(limit, database.takeAvailable(limit, units), Math::addExact);
  }

  private void write(ChargeId charge, UUID log, TokenUsage usage, long price, boolean decided) {
    taken.forEach(
        (account, units) -> database.revenue.merge(People.asset(account), units, Math::addExact));
    owed.forEach((asset, units) -> database.revenue.merge(asset, units, Math::addExact));
    Booked booked = new Booked(log, owner, usage, price, decided, taken, owed);
    if (database.booked.put(charge, booked) != null) {
      throw new IllegalStateException("charge " + charge + " (expected: not booked yet)");
    }
  }

  /** Ends what is held for an intent in doubt. */
  static void release(Database database, InDoubt doubt) {
    doubt.held().forEach((account, units) -> database.account(account).hold(-units));
  }
}
