package io.tollgate.metering.internal.meterlog;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Compares a log for each event loop with one log, and one thread that writes it, for all: {@code
 * LogPerLoopBench DIRECTORY}. Two loops bring groups of intents, and their results once those are
 * acknowledged. Prints processor time per record and records a second; asserts nothing.
 */
public final class LogPerLoopBench {
  private static final int LOOPS = 2;
  private static final int CHARGES = 200_000;
  private static final int ROUNDS = 5;

  /** Groups that a loop has under way. */
  private static final int UNDER_WAY = 4;

  private LogPerLoopBench() {}

  /** Writes groups of records and tells the loop afterwards. */
  private interface Log {
    void write(Runnable stage, Runnable written);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]);
    for (int round = 0; round < ROUNDS; round++) {
      for (int group : new int[] {1, 8, 32}) {
        perLoop(folder.resolve("own-" + round + "-" + group), group);
        oneForAll(folder.resolve("one-" + round + "-" + group), group);
      }
    }
    System.exit(0);
  }

  private static void perLoop(Path folder, int group) throws IOException, InterruptedException {
    List<Loop> loops = new ArrayList<>();
    for (int i = 0; i < LOOPS; i++) {
      LogWriter writer = SomeCourse.writer(folder.resolve("loop-" + i));
      Log own =
          (stage, written) -> {
            stage.run();
            writer.flush();
            written.run();
          };
      loops.add(new Loop(writer, own, group));
    }
    run("a log for each loop", group, loops);
  }

  private static void oneForAll(Path folder, int group) throws IOException, InterruptedException {
    LogWriter writer = SomeCourse.writer(folder);
    LinkedBlockingQueue<Runnable[]> queue = new LinkedBlockingQueue<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  List<Runnable[]> some = new ArrayList<>();
                  try {
                    while (true) {
                      some.add(queue.take());
                      queue.drainTo(some);
                      some.forEach(each -> each[0].run());
                      writer.flush();
                      some.forEach(each -> each[1].run());
                      some.clear();
                    }
                  } catch (InterruptedException e) {
                    // the round is over
                  }
                });
    List<Loop> loops = new ArrayList<>();
    for (int i = 0; i < LOOPS; i++) {
      ExecutorService[] executor = new ExecutorService[1];
      Loop loop =
          new Loop(
              writer,
              (stage, written) ->
                  queue.add(new Runnable[] {stage, () -> executor[0].execute(written)}),
              group);
      executor[0] = loop.executor;
      loops.add(loop);
    }
    run("one log for all", group, loops);
    thread.interrupt();
  }

  private static void run(String what, int group, List<Loop> loops) throws InterruptedException {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long started = System.nanoTime();
    loops.forEach(Loop::start);
    for (Loop loop : loops) {
      loop.done.await();
    }
    double records = 2.0 * CHARGES * loops.size();
    long elapsed = System.nanoTime() - started;
    System.out.printf(
        "%-20s %3d records a group: %6.2f us of processor time per record, %,9.0f records/s%n",
        what,
        group,
        (system.getProcessCpuTime() - cpu) / 1_000.0 / records,
        records * 1e9 / elapsed);
    loops.forEach(loop -> loop.executor.shutdown());
  }

  /** An event loop with some groups of charges under way. */
  private static final class Loop {
    final ExecutorService executor = Executors.newSingleThreadExecutor();
    final CountDownLatch done = new CountDownLatch(1);
    private final SomeCourse course = new SomeCourse(CHARGES);
    private final LogWriter writer;
    private final Log log;
    private final int group;
    private int begun;
    private int ended;

    Loop(LogWriter writer, Log log, int group) {
      this.writer = writer;
      this.log = log;
      this.group = group;
    }

    void start() {
      for (int i = 0; i < UNDER_WAY; i++) {
        executor.execute(this::next);
      }
    }

    private void next() {
      int from = begun;
      int to = Math.min(CHARGES, from + group);
      if (from == to) {
        return;
      }
      begun = to;
      log.write(
          () -> course.admit(writer, from, to),
          () -> log.write(() -> course.finish(writer, from, to), () -> ended(to - from)));
    }

    private void ended(int charges) {
      ended += charges;
      if (ended == CHARGES) {
        done.countDown();
      } else {
        executor.execute(this::next);
      }
    }
  }
}
