package io.tollgate.tests.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Python with the packages of {@code tests/sdk/python}, which {@code scripts/python.sh} installs
 * where it can.
 */
public final class PythonPackages {
  private static final Path FOLDER = Program.projectRoot().resolve("tests/sdk/python");
  private static final Path BIN = FOLDER.resolve(".venv/bin");

  /**
   * How a run ended.
   *
   * @param output both streams
   */
  public record Run(int exitCode, String output) {}

  private PythonPackages() {}

  public static boolean installed() {
    return Files.exists(FOLDER.resolve(".venv/installed.txt"));
  }

  /** Has the test that runs skipped where they are not installed. */
  public static void assumeInstalled() {
    assumeThat(installed())
        .as("packages of tests/sdk/python are installed (see target/python.log)")
        .isTrue();
  }

  /**
   * Runs one of their programs to its end, in their folder.
   *
   * @param command {@code python} or a package's own, with its arguments
   */
  public static Run run(List<String> command, Map<String, String> environment, int maxSeconds)
      throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(command);
    whole.set(0, BIN.resolve(command.getFirst()).toString());
    ProcessBuilder builder =
        new ProcessBuilder(whole).directory(FOLDER.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(maxSeconds, TimeUnit.SECONDS)).as(output).isTrue();
      return new Run(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }
}
