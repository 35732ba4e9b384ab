package io.tollgate.metering.internal.meterlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process writes and is killed. */
@Tag("slow")
class KillTest {
  private static final int KILLS = 4;

  @Test
  void what_a_killed_process_acknowledged_is_there(@TempDir Path folder) throws Exception {
    for (int kill = 1; kill <= KILLS; kill++) {
      Path directory = folder.resolve("log-" + kill);
      long acknowledged = killAfter(directory, kill, 2_000L * kill);

      ReadLog read = ReadLog.of(FileLogStorage.in(directory));

      assertThat(acknowledged).isGreaterThanOrEqualTo(2_000L * kill);
      assertThat(read.scan().last().sequence()).isGreaterThanOrEqualTo(acknowledged);
      assertThat(read.scan().end()).isNotInstanceOf(LogEnd.Hole.class);
      assertThat(read.scan().end().harmless()).isTrue();
    }
  }

  private static long killAfter(Path directory, long seed, long records) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                directory.toString(),
                Long.toString(seed))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long acknowledged = 0;
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        acknowledged = Long.parseLong(line);
        if (acknowledged >= records && process.isAlive()) {
          process.destroyForcibly();
        }
      }
    } catch (IOException | NumberFormatException e) {
      // the last line was cut off with its process
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return acknowledged;
  }

  /** Writes without end, and says after each write how far it is. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws IOException {
      ExecutorService background = Executors.newSingleThreadExecutor();
      SomeRecords some = new SomeRecords(Long.parseLong(arguments[1]));
      LogIdentity identity =
          new LogIdentity(
              UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), 0);
      LogWriter writer =
          LogWriter.begin(FileLogStorage.in(Path.of(arguments[0])), identity, 1 << 20, background);
      while (true) {
        LogRecord.Intent intent = some.intent();
        if (writer.admit(intent).isPresent()) {
          System.out.println(writer.flush().sequence());
          writer.finish(some.result(intent.charge()));
          System.out.println(writer.flush().sequence());
        }
      }
    }
  }
}
