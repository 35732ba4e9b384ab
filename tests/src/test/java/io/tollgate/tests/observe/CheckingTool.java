package io.tollgate.tests.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tollgate.tests.installation.Program;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of others by which files of ours are checked. {@code scripts/observability.sh} installs
 * it where it can.
 */
final class CheckingTool {
  private static final int MAX_SECONDS = 60;

  private final Path program;

  /**
   * How a run ended.
   *
   * @param output both streams
   */
  record Run(int exitCode, String output) {}

  private CheckingTool(Path program) {
    this.program = program;
  }

  /**
   * The tool of that name. Where it is not installed, the test that runs is skipped; in continuous
   * integration it fails.
   */
  static CheckingTool named(String name) {
    Path ours = Program.projectRoot().resolve("target/observability").resolve(name);
    Path found =
        Stream.concat(
                Stream.of(ours),
                Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                    .map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(ours);
    boolean there = Files.isExecutable(found);
    String what = name + " is installed (see target/observability.log)";
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as(what).isTrue();
    }
    assumeThat(there).as(what).isTrue();
    return new CheckingTool(found);
  }

  Path program() {
    return program;
  }

  /** Runs it to its end. */
  Run run(Path folder, String... arguments) {
    return run(folder, new byte[0], arguments);
  }

  /** The same with something on its standard input. */
  Run run(Path folder, byte[] input, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile("tool", ".out");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input);
      }
      if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not end in " + MAX_SECONDS + " s: " + command);
      }
      String said = Files.readString(output, StandardCharsets.UTF_8);
      Files.delete(output);
      return new Run(process.exitValue(), said);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
