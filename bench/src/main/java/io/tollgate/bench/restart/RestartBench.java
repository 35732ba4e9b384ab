package io.tollgate.bench.restart;

import io.tollgate.bench.BenchOptions;
import io.tollgate.bench.Workload;
import io.tollgate.bench.load.BenchCallers;
import io.tollgate.bench.load.BenchStand;
import io.tollgate.bench.load.LoadTarget;
import io.tollgate.bench.load.MeasuredStretch;
import io.tollgate.bench.load.StretchSample;
import io.tollgate.bench.peers.UpstreamServer;
import io.tollgate.bench.program.BooksView;
import io.tollgate.bench.program.ChildProcess;
import io.tollgate.bench.program.KeyList;
import io.tollgate.bench.program.MeasuredProgram;
import io.tollgate.bench.program.OldFolders;
import io.tollgate.bench.program.ProcessCost;
import io.tollgate.bench.program.SettlementPause;
import io.tollgate.bench.report.MachineUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * P8: a gateway that is killed with a long meter log that is not settled, and started again. The
 * log comes from real requests of many users, while settlement is held back.
 */
public record RestartBench(BenchOptions options, Path folder) {
  private static final int SECONDS = 5;
  private static final int MAX_SECONDS = 600;

  private static final String BOOKED = "SELECT count(*) FROM metering.usage_record";
  private static final String ENTRIES = "SELECT count(*) FROM ledger.entry";
  private static final String UNSETTLED =
      "SELECT count(*) FROM metering.meter_log WHERE state = 'recovering'";

  public void run() throws IOException, InterruptedException {
    int upstreamPort = BenchStand.freePort();
    MeasuredProgram program =
        new MeasuredProgram(
            folder, options.program(), BenchStand.freePort(), BenchStand.freePort(), upstreamPort);
    program.prepare(options.users());
    try (ChildProcess upstream =
        ChildProcess.talking(
            "upstream",
            folder,
            MeasuredStretch.command(UpstreamServer.class, Integer.toString(upstreamPort)))) {
      upstream.line("ready");
      long[] before = ProcessCost.machine();
      List<Recovered> seen = new ArrayList<>();
      for (int round = 0; round < options.rounds(); round++) {
        Recovered recovered = once(program);
        System.out.println("P8 " + recovered);
        seen.add(recovered);
      }
      RestartPage page = new RestartPage(options, seen, MachineUse.since(before));
      System.out.println(page.markdown());
      Files.writeString(options.report().resolve("p8.md"), page.markdown());
      Files.writeString(options.report().resolve("p8.svg"), page.plot());
    } catch (SQLException e) {
      throw new IOException("the program's books: " + e.getMessage(), e);
    }
    OldFolders.delete(program.data());
  }

  private Recovered once(MeasuredProgram program)
      throws IOException, InterruptedException, SQLException {
    FirstAnswer first = new FirstAnswer(program.port(), KeyList.read(KeyList.file(program.keys())));
    long began = System.nanoTime();
    Filled filled;
    long clean;
    try (ChildProcess killed = program.spawn()) {
      first.await(killed);
      clean = System.nanoTime() - began;
      filled = fill(program, killed);
    }
    began = System.nanoTime();
    try (ChildProcess again = program.spawn()) {
      first.await(again);
      long served = System.nanoTime() - began;
      long settled;
      long booked;
      try (Connection books = BooksView.connect(program.data())) {
        while (BooksView.number(books, UNSETTLED) > 0) {
          if (!again.runs()) {
            throw new IOException("the program ended while settling (its log tells why)");
          }
          TimeUnit.MILLISECONDS.sleep(20);
        }
        settled = System.nanoTime() - began;
        booked = BooksView.number(books, BOOKED) - filled.bookedBefore;
      }
      long audited = System.nanoTime();
      boolean sound = program.audit();
      audited = System.nanoTime() - audited;
      long entries;
      try (Connection books = BooksView.connect(program.data())) {
        entries = BooksView.number(books, ENTRIES);
      }
      return new Recovered(
          booked,
          filled.answered,
          clean,
          served,
          settled,
          filled.memoryMib,
          sound,
          entries,
          audited);
    }
  }

  /** Has requests answered until so many records are in the logs only, and kills the program. */
  private Filled fill(MeasuredProgram program, ChildProcess running)
      throws IOException, InterruptedException, SQLException {
    LoadTarget target =
        new LoadTarget(
            "Tollgate, settlement held back",
            program.port(),
            running.pid(),
            BenchCallers.of(program, options.users()));
    try (Connection books = BooksView.connect(program.data());
        SettlementPause _ = SettlementPause.of(program.data())) {
      long bookedBefore = BooksView.number(books, BOOKED);
      long answered = 0;
      double memory = 0;
      for (int i = 0; i < MAX_SECONDS / SECONDS && answered * 2 < options.records(); i++) {
        StretchSample sample =
            MeasuredStretch.measure(
                folder, KeyList.file(program.keys()), target, Workload.P1, 0, SECONDS);
        System.out.println("filling the log " + sample);
        answered += sample.requests();
        memory = sample.memoryMib();
      }
      if (answered * 2 < options.records()) {
        throw new IOException(
            answered
                + " requests in "
                + MAX_SECONDS
                + " s (expected: "
                + options.records() / 2
                + ")");
      }
      running.kill();
      return new Filled(bookedBefore, answered, memory);
    }
  }

  private record Filled(long bookedBefore, long answered, double memoryMib) {}

  /**
   * One kill and what came of it.
   *
   * @param booked charges that were in the log only, and are in the books now; each is two records
   * @param answered requests whose answer the caller had
   * @param cleanNanos from a start with nothing to recover to the first answered request
   * @param servedNanos the same after the kill
   * @param settledNanos from that start until all of the log is in the books
   * @param memoryMib of the process just before it was killed
   * @param clean what the audit said afterwards
   * @param entries in the ledger by then
   * @param auditNanos from the audit's command until it had ended, start of its JVM included
   */
  record Recovered(
      long booked,
      long answered,
      long cleanNanos,
      long servedNanos,
      long settledNanos,
      double memoryMib,
      boolean clean,
      long entries,
      long auditNanos) {}
}
