package io.tollgate.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Processes are killed at random times under load, again and again; the books agree with an
 * independent witness. {@code tollgate.crash.kills} and {@code tollgate.crash.seed} choose how
 * often and from which seed on; each run is a line of {@code target/crash-runs.csv}.
 */
@Tag("slow")
class RandomKillsTest {
  private static final int KILLS = Integer.getInteger("tollgate.crash.kills", 20);
  private static final int KILLS_OF_A_RUN = 10;

  @Test
  void books_agree_with_the_witness_after_kills_at_random() throws Exception {
    long seed = Long.getLong("tollgate.crash.seed", System.nanoTime() % 1_000_000);
    try (CrashWorld world = new CrashWorld()) {
      for (int kills = 0; kills < KILLS; kills += KILLS_OF_A_RUN) {
        CrashReport report =
            new CrashRun(world, seed, Math.min(KILLS_OF_A_RUN, KILLS - kills)).run();
        System.out.println(report.sentence());
        keep(report);
        assertThat(report.faults()).as(report.sentence()).isEmpty();
        seed++;
      }
    }
  }

  private static void keep(CrashReport report) throws IOException {
    Path file = Program.projectRoot().resolve("target/crash-runs.csv");
    Files.createDirectories(file.getParent());
    if (!Files.exists(file)) {
      Files.writeString(file, CrashReport.HEADER + "\n");
    }
    Files.writeString(file, report.line() + "\n", StandardOpenOption.APPEND);
  }
}
