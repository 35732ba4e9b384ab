package io.tollgate.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Processes are killed at random times under load, again and again; the books agree with an
 * independent witness. {@code tollgate.crash.kills} and {@code tollgate.crash.seed} choose how
 * often and from which seed on; each run is a line of {@code target/crash-runs.csv}.
 */
@Tag("slow")
class RandomKillsTest {
  private static final int KILLS = Integer.getInteger("tollgate.crash.kills", 10);
  private static final int KILLS_OF_A_RUN = 10;

  /** Runs of one installation; then a new one, so that it stays as small as at its beginning. */
  private static final int RUNS_OF_A_WORLD = 20;

  /** Installations side by side: while one starts, the other is under load. */
  private static final int WORLDS = Integer.getInteger("tollgate.crash.worlds", 1);

  private final long seed = Long.getLong("tollgate.crash.seed", System.nanoTime() % 1_000_000);
  private final AtomicInteger next = new AtomicInteger();

  @Test
  void books_agree_with_the_witness_after_kills_at_random() throws Exception {
    List<Future<?>> worlds = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(WORLDS)) {
      for (int world = 0; world < WORLDS; world++) {
        worlds.add(
            threads.submit(
                () -> {
                  playAll();
                  return null;
                }));
      }
    }
    for (Future<?> world : worlds) {
      world.get();
    }
  }

  private void playAll() throws Exception {
    while (next.get() * KILLS_OF_A_RUN < KILLS) {
      try (CrashWorld world = new CrashWorld()) {
        play(world);
        Program.Ended audit = world.cluster().audit();
        assertThat(audit.exitCode()).as(audit.output()).isZero();
      }
    }
  }

  private void play(CrashWorld world) throws Exception {
    for (int played = 0; played < RUNS_OF_A_WORLD; played++) {
      int run = next.getAndIncrement();
      int kills = Math.min(KILLS_OF_A_RUN, KILLS - run * KILLS_OF_A_RUN);
      if (kills <= 0) {
        return;
      }
      CrashReport report = new CrashRun(world, seed + run, kills).run();
      System.out.println(report.sentence());
      keep(report);
      assertThat(report.faults()).as(report.sentence()).isEmpty();
    }
  }

  private static synchronized void keep(CrashReport report) throws IOException {
    Path file = Program.projectRoot().resolve("target/crash-runs.csv");
    Files.createDirectories(file.getParent());
    if (!Files.exists(file) || Files.size(file) == 0) {
      Files.writeString(file, CrashReport.HEADER + "\n");
    }
    Files.writeString(file, report.line() + "\n", StandardOpenOption.APPEND);
  }
}
