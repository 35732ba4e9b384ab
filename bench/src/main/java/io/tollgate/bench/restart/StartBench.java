package io.tollgate.bench.restart;

import io.tollgate.bench.BenchOptions;
import io.tollgate.bench.load.BenchStand;
import io.tollgate.bench.program.ChildProcess;
import io.tollgate.bench.program.DemoAccess;
import io.tollgate.bench.program.MeasuredProgram;
import io.tollgate.bench.program.OldFolders;
import io.tollgate.bench.program.ProcessCost;
import io.tollgate.bench.report.MachineUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * P12: {@code ./tollgate up} on a built tree until the first charged request, with an empty data
 * directory and with its own again; what all of it takes of memory; and how soon pages can be used.
 */
public record StartBench(BenchOptions options, Path folder) {
  private static final int REST_SECONDS = 5;

  public void run() throws IOException, InterruptedException {
    Path root = options.report().resolve("../..").toAbsolutePath().normalize();
    PageClock pages = new PageClock(root.resolve("edge/console/web/browser"), folder);
    long[] before = ProcessCost.machine();
    List<Started> starts = new ArrayList<>();
    List<PageSpeed> speeds = new ArrayList<>();
    for (int round = 0; round < options.rounds(); round++) {
      Path home = Files.createDirectories(folder.resolve("round-" + round));
      MeasuredProgram program =
          new MeasuredProgram(
              home,
              List.of(root.resolve("tollgate").toString()),
              BenchStand.freePort(),
              BenchStand.freePort(),
              BenchStand.freePort());
      long empty;
      long began = System.nanoTime();
      try (ChildProcess first = program.asNewcomersDo()) {
        DemoAccess demo = charged(program, first);
        empty = System.nanoTime() - began;
        TimeUnit.SECONDS.sleep(REST_SECONDS);
        speeds.addAll(pages.measure(program.data(), demo));
      }
      began = System.nanoTime();
      try (ChildProcess again = program.asNewcomersDo()) {
        DemoAccess _ = charged(program, again);
        long known = System.nanoTime() - began;
        TimeUnit.SECONDS.sleep(REST_SECONDS);
        ProcessCost cost = ProcessCost.of(again.pid());
        starts.add(new Started(empty, known, cost.ownMib(), cost.startedMib()));
      }
      System.out.println("P12 " + starts.getLast());
      OldFolders.delete(program.data());
    }
    String page = new StartPage(options, starts, speeds, MachineUse.since(before)).markdown();
    System.out.println(page);
    Files.writeString(options.report().resolve("p12.md"), page);
  }

  /** Waits for the first request that is answered. */
  private static DemoAccess charged(MeasuredProgram program, ChildProcess running)
      throws IOException, InterruptedException {
    DemoAccess demo = DemoAccess.read(program.data().resolve("demo.json"));
    new FirstAnswer(program.port(), List.of(demo.key())).await(running);
    return demo;
  }

  /**
   * One round.
   *
   * @param emptyNanos from the command to the first charged request, without any data
   * @param knownNanos the same with the data of the start before
   * @param ownMib what the process takes some seconds after that
   * @param startedMib what its PostgreSQL takes then
   */
  record Started(long emptyNanos, long knownNanos, double ownMib, double startedMib) {}
}
