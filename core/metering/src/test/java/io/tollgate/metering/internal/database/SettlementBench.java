package io.tollgate.metering.internal.database;

import static io.tollgate.metering.internal.database.SomeCharges.charge;
import static io.tollgate.metering.internal.database.SomeCharges.pays;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseOperation;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementAnswer;
import io.tollgate.metering.internal.settlement.SettlementBatch;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Not a test: how many charges a second are settled, and lease operations done, on a database of
 * the tests. Arguments: accounts, seconds, charges of a batch.
 */
final class SettlementBench {
  private SettlementBench() {}

  /** Runs it. */
  public static void main(String[] args) {
    int users = args.length > 0 ? Integer.parseInt(args[0]) : 1;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
    int size = args.length > 2 ? Integer.parseInt(args[2]) : SettlementBatch.MOST;
    try (Books books = new Books()) {
      List<AccountId> accounts = new ArrayList<>();
      for (int user = 1; user <= users; user++) {
        accounts.add(books.money(new UserId(user), 1_000_000_000_000L));
      }
      HolderId log = books.log();
      lease(books, log, accounts);
      settle(books, log, accounts, seconds, size);
    }
  }

  private static void lease(Books books, HolderId log, List<AccountId> accounts) {
    try (DatabaseBank bank =
        new DatabaseBank(
            books.transactions,
            books.ledger,
            (transaction, tenant, user, now) -> {},
            books.database.database().notifications())) {
      Heard heard = new Heard();
      var seat = bank.join(log, Runnable::run, heard);
      for (int round = 1; round <= 3; round++) {
        long start = System.nanoTime();
        int before = heard.count.get();
        for (AccountId account : accounts) {
          seat.operate(
              new LeaseOperation(
                  log, account, round, round, 0, 300_000_000_000L * round, 0, false));
        }
        while (heard.count.get() < before + accounts.size()) {
          Thread.onSpinWait();
        }
        double took = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            "%,d lease operations: %,.0f/s%n", accounts.size(), accounts.size() / took);
      }
    }
  }

  private static void settle(
      Books books, HolderId log, List<AccountId> accounts, int seconds, int size) {
    DatabaseSettlement settlement =
        new DatabaseSettlement(
            books.transactions, books.ledger, FlatPrices.BOOK, Clock.systemUTC());
    Random random = new Random(5);
    LogPosition position = Books.START;
    long begin = System.nanoTime();
    long counted = 0;
    long spent = 0;
    long warm = 0;
    while (System.nanoTime() - begin < seconds * 1_000_000_000L) {
      List<SettledCharge> charges = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        int user = random.nextInt(accounts.size());
        charges.add(
            charge(
                position.sequence() + 2L * i + 2,
                new UserId(user + 1),
                900,
                0,
                List.of(pays(accounts.get(user), 900))));
      }
      LogPosition to = SomeCharges.after(position, 2L * size + 1);
      SettlementBatch batch = new SettlementBatch(log.value(), position, to, 1, charges);
      long start = System.nanoTime();
      SettlementAnswer answer = settlement.settle(batch);
      long took = System.nanoTime() - start;
      if (!(answer instanceof SettlementAnswer.Settled)) {
        throw new IllegalStateException("answered " + answer);
      }
      position = to;
      boolean warmUp = System.nanoTime() - begin < seconds * 300_000_000L;
      if (warmUp) {
        warm += size;
      } else {
        counted += size;
        spent += took;
      }
    }
    System.out.printf(
        "%,d accounts, batches of %,d: %,.0f charges/s over %,d (after %,d)%n",
        accounts.size(), size, counted / (spent / 1e9), counted, warm);
  }
}
