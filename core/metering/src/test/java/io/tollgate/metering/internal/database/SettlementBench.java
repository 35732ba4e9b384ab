package io.tollgate.metering.internal.database;

import static io.tollgate.metering.internal.database.SomeCharges.charge;
import static io.tollgate.metering.internal.database.SomeCharges.pays;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.internal.database.bank.DatabaseBank;
import io.tollgate.metering.internal.database.books.DatabaseSettlement;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseOperation;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementAnswer;
import io.tollgate.metering.internal.settlement.SettlementBatch;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

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
    int size = args.length > 2 ? Integer.parseInt(args[2]) : SettlementBatch.MAX;
    try (Books books = new Books()) {
      List<AccountId> accounts = accounts(books, users);
      HolderId log = books.log();
      lease(books, log, accounts);
      settle(books, log, accounts, seconds, size);
    }
  }

  /** Users with money, written at once: the books are not what is measured. */
  private static List<AccountId> accounts(Books books, int users) {
    List<AccountId> accounts = new ArrayList<>();
    for (Long id :
        books.transactions.write(
            transaction ->
                transaction
                    .sql()
                    .fetch(
                        "INSERT INTO ledger.account (tenant_id, owner, kind, asset, scale, hot,"
                            + " floor, balance, created_at) SELECT 1, 'user:' || u, 'balance',"
                            + " 'USD', 9, false, 0, 1000000000000000, now()"
                            + " FROM generate_series(1, ?) u RETURNING id",
                        users)
                    .getValues(0, Long.class))) {
      accounts.add(new AccountId(id));
    }
    return accounts;
  }

  /** Processor time of this process and of the database's, in seconds. */
  private static double[] processorSeconds() {
    double ours = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    double theirs =
        ProcessHandle.current()
            .descendants()
            .mapToDouble(p -> p.info().totalCpuDuration().map(d -> d.toNanos() / 1e9).orElse(0.0))
            .sum();
    return new double[] {ours, theirs};
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
        double[] cpu = processorSeconds();
        int before = heard.count.get();
        for (AccountId account : accounts) {
          seat.operate(
              new LeaseOperation(
                  log, account, round, round, 0, 300_000_000_000L * round, 0, false));
        }
        while (heard.count.get() < before + accounts.size()) {
          LockSupport.parkNanos(100_000);
        }
        double[] after = processorSeconds();
        double took = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            "%,d lease operations: %,.0f/s, %.1f + %.1f us of processor each%n",
            accounts.size(),
            accounts.size() / took,
            (after[0] - cpu[0]) * 1e6 / accounts.size(),
            (after[1] - cpu[1]) * 1e6 / accounts.size());
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
    double[] cpu = {0, 0};
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
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
      double[] cpuBefore = processorSeconds();
      long threadBefore = threads.getCurrentThreadCpuTime();
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
        double[] cpuAfter = processorSeconds();
        cpu[0] += (threads.getCurrentThreadCpuTime() - threadBefore) / 1e9;
        cpu[1] += cpuAfter[1] - cpuBefore[1];
      }
    }
    System.out.printf(
        "%,d accounts, batches of %,d: %,.0f charges/s over %,d (after %,d),"
            + " %.1f us of the thread + %.1f us of the database's processor each%n",
        accounts.size(),
        size,
        counted / (spent / 1e9),
        counted,
        warm,
        cpu[0] * 1e6 / counted,
        cpu[1] * 1e6 / counted);
  }
}
