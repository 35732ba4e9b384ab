package io.tollgate.bench.settlement;

import io.tollgate.bench.program.BooksView;
import io.tollgate.bench.program.SettlementPause;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/**
 * The process that settles charges, by the program's own metering and by what it is compared with,
 * all on one embedded PostgreSQL: {@code DATA ROUNDS CHARGES SECONDS}. Says {@code begin NAME}
 * before each stretch and {@code end CHARGES NANOS} after it, {@code begin over} at last.
 */
public final class SettlementProcess {
  static final String ONE = "1 account";
  static final String MANY = "10,000 accounts";
  static final String SETTLED = "settled while requests come, ";
  static final String BACKLOG = "settled from a full log, ";
  static final String BARE = "bare unnest inserts";
  static final String SINGLE = "one transaction per charge, ";

  private static final String SETTLED_CHARGES =
      "SELECT sum(charges + exceptions) FROM metering.meter_log";
  private static final int ACCOUNTS = 10_000;
  private static final long UNITS = 1_000_000_000_000L;

  private final OwnMetering metering;
  private final Path data;
  private final int charges;
  private final int seconds;
  private final Connection reading;
  private final Connection writing;
  private long passed;

  private SettlementProcess(OwnMetering metering, Path data, int charges, int seconds)
      throws IOException {
    this.metering = metering;
    this.data = data;
    this.charges = charges;
    this.seconds = seconds;
    this.reading = BooksView.connect(data);
    this.writing = BooksView.connect(data);
  }

  public static void main(String[] arguments)
      throws IOException, SQLException, InterruptedException {
    Path data = Path.of(arguments[0]);
    try (OwnMetering metering = new OwnMetering(data)) {
      metering.payers().fund(ACCOUNTS, UNITS);
      log("there are " + ACCOUNTS + " users with money");
      SettlementProcess settling =
          new SettlementProcess(
              metering, data, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
      settling.warmUp();
      for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
        settling.round();
      }
      settling.reading.close();
      settling.writing.close();
      System.out.println("begin over");
    }
    // metrics and pools leave threads behind
    System.exit(0);
  }

  private void warmUp() throws IOException, SQLException, InterruptedException {
    PeerTables.make(writing, ACCOUNTS);
    pass(ACCOUNTS, charges / 2);
    pass(1, charges / 2);
    awaitBooks();
    log("in the books");
    allAreBooked();
    var _ = BareInserts.run(reading, writing, charges / 4);
    PeerTables.empty(writing);
    var _ = ChargesOneByOne.run(data, ACCOUNTS, 2);
  }

  private void round() throws IOException, SQLException, InterruptedException {
    settle(ONE, 1);
    settle(MANY, ACCOUNTS);
    PeerTables.empty(writing);
    begin(BARE);
    end(charges, BareInserts.run(reading, writing, charges));
    single(ONE, 1);
    single(MANY, ACCOUNTS);
    backlog(ONE, 1);
    backlog(MANY, ACCOUNTS);
    allAreBooked();
  }

  private void settle(String name, int users) throws SQLException, InterruptedException {
    PeerTables.empty(writing);
    begin(SETTLED + name);
    long began = System.nanoTime();
    pass(users, charges);
    awaitBooks();
    end(charges, System.nanoTime() - began);
  }

  private void backlog(String name, int users)
      throws IOException, SQLException, InterruptedException {
    PeerTables.empty(writing);
    try (SettlementPause _ = SettlementPause.of(data)) {
      pass(users, charges);
      begin(BACKLOG + name);
    }
    long began = System.nanoTime();
    awaitBooks();
    end(charges, System.nanoTime() - began);
  }

  private void single(String name, int accounts)
      throws IOException, SQLException, InterruptedException {
    PeerTables.empty(writing);
    begin(SINGLE + name);
    long began = System.nanoTime();
    int charged = ChargesOneByOne.run(data, accounts, seconds);
    end(charged, System.nanoTime() - began);
  }

  private void pass(int users, int wanted) {
    int refused = PassageRun.run(metering, users, wanted);
    log(wanted + " requests of " + users + " users, " + refused + " refused once");
    passed += wanted;
  }

  /** Until the log's row counts every charge; each batch moves it in its own transaction. */
  private void awaitBooks() throws SQLException, InterruptedException {
    while (BooksView.number(reading, SETTLED_CHARGES) < passed) {
      Thread.sleep(2);
    }
  }

  private void allAreBooked() throws SQLException {
    long booked = BooksView.number(reading, "SELECT count(*) FROM metering.usage_record");
    if (booked != passed) {
      throw new IllegalStateException(booked + " charges in the books (expected: " + passed + ")");
    }
  }

  private static void log(String what) {
    System.err.println(Instant.now() + " " + what);
  }

  private static void begin(String name) {
    System.out.println("begin " + name);
  }

  private static void end(long settled, long nanos) {
    System.out.println("end " + settled + " " + nanos);
  }
}
