package io.tollgate.tests.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What the JVM learned of the program in one run of its hidden {@code train} command, kept beside
 * the build: tests start the program many times, and a start that need not load and link thousands
 * of classes costs a fraction.
 */
final class Learned {
  private static final Path FILE = Program.projectRoot().resolve("tests/target/program.aot");
  private static final int TRAINING_SECONDS = 600;

  private Learned() {}

  /** Flags with which a JVM makes use of it; none where nothing could be learned. */
  static synchronized List<String> flags() {
    if (!fits()) {
      trainAlone();
    }
    return fits() ? List.of("-XX:AOTCache=" + FILE, "-Xlog:aot*=off", "-Xlog:cds*=off") : List.of();
  }

  /** Classes run in several processes: one trains, the others wait and find it done. */
  private static void trainAlone() {
    Path lock = FILE.resolveSibling("program.aot.lock");
    try (FileChannel file =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = file.lock()) {
      if (held.isValid() && !fits()) {
        train();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void train() {
    try {
      Path folder = Files.createTempDirectory("tollgate-training");
      Path made = FILE.resolveSibling("program.aot.new");
      List<String> command =
          new ArrayList<>(
              Program.untrained("io.tollgate.app.Main", List.of("-XX:AOTCacheOutput=" + made)));
      command.addAll(
          List.of(
              "train",
              "--data-dir=data",
              "--port=0",
              "--private-port=0",
              "--grpc-port=0",
              "--sandbox-port=0"));
      Process training =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("training.out").toFile())
              .start();
      if (!training.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS)) {
        training.destroyForcibly();
        throw new AssertionError("training did not end in " + TRAINING_SECONDS + " s: " + command);
      }
      if (training.exitValue() != 0) {
        throw new AssertionError(Files.readString(folder.resolve("training.out")));
      }
      Files.move(made, FILE, StandardCopyOption.REPLACE_EXISTING);
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static boolean fits() {
    try (Stream<Path> jars = Files.list(Program.libraries())) {
      FileTime built = jars.map(Learned::modified).max(Comparator.naturalOrder()).orElseThrow();
      return Files.exists(FILE) && modified(FILE).compareTo(built) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
