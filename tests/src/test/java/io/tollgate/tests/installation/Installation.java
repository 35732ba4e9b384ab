package io.tollgate.tests.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.data.testing.MigratedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A running {@code up} with demo data, on free ports, in a data directory of its own. */
public final class Installation implements AutoCloseable {
  private static final List<String> PORTS =
      List.of("--port", "--private-port", "--grpc-port", "--sandbox-port");

  private final Path dataDirectory;
  private final List<String> flags;
  private final Map<String, String> environment;
  private Process process;
  private Demo demo;

  private Installation(Path dataDirectory, Map<String, String> environment, List<String> flags) {
    this.dataDirectory = dataDirectory;
    this.environment = Map.copyOf(environment);
    this.flags = List.copyOf(flags);
    this.process = launch(Map.of());
    this.demo = awaitReady();
  }

  /** Starts in a new data directory. */
  public static Installation start(String... flags) {
    return startWith(Map.of(), flags);
  }

  /** The same, with variables in the environment of this start and those that follow. */
  public static Installation startWith(Map<String, String> environment, String... flags) {
    try {
      Path dataDirectory = Files.createTempDirectory("tollgate-test");
      // most of a first start is making and migrating a database; the training run does it too
      boolean unused = MigratedFiles.ofThisProgram().copyTo(dataDirectory.resolve("postgres"));
      return new Installation(dataDirectory, environment, List.of(flags));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts in a folder that is there already. */
  public static Installation startIn(Path dataDirectory, String... flags) {
    return new Installation(dataDirectory, Map.of(), List.of(flags));
  }

  public Demo demo() {
    return demo;
  }

  public Path dataDirectory() {
    return dataDirectory;
  }

  public Process process() {
    return process;
  }

  /** Everything the program printed so far. */
  public String output() {
    try {
      return Files.readString(dataDirectory.resolveSibling(dataDirectory.getFileName() + ".out"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills the program as hard as can be; with everything it started when {@code tree}. */
  public void killHard(boolean tree) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    if (tree) {
      children.forEach(ProcessHandle::destroyForcibly);
    }
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new AssertionError("the process survived kill -9");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts again on the same data directory. */
  public void startAgain() {
    process = launch(Map.of());
    demo = awaitReady();
  }

  /** The same to die at a step of the money path, by the name of the step. */
  public void startAgainToDieAt(String step) {
    process = launch(Map.of("TOLLGATE_CRASH_AT", step));
    demo = awaitReady();
  }

  /** Waits for the program to die by itself. */
  public void awaitDeath(Duration atMost) {
    try {
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("did not die in " + atMost);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Stops as Ctrl-C does, and says how long it took at most. */
  public int stop(Duration atMost) {
    process.destroy();
    try {
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("did not stop in " + atMost + "\n" + output());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  /** Runs {@code audit} on the books and gives what it said. */
  public Program.Ended audit() {
    return Program.run(dataDirectory, "audit", "--data-dir", dataDirectory.toString());
  }

  /**
   * Has the running program audit its books, and fails with what it finds unless they are clean.
   */
  public void assertBooksAreClean() {
    Client client = new Client(this);
    JsonNode audit = client.audit(client.adminToken());
    assertThat(audit.required("clean").asBoolean()).as(audit.toString()).isTrue();
  }

  /** Ends it at once, as nobody looks at it any more. */
  public void abandon() {
    killHard(true);
    close();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      int unused = stop(Duration.ofSeconds(40));
    }
    Folders.delete(dataDirectory);
  }

  private Process launch(Map<String, String> more) {
    try {
      Files.deleteIfExists(dataDirectory.resolve("demo.json"));
      List<String> command = new ArrayList<>(Program.command());
      command.addAll(List.of("up", "--data-dir", dataDirectory.toString()));
      for (String port : PORTS) {
        if (flags.stream().noneMatch(flag -> flag.startsWith(port + "="))) {
          command.add(port + "=0");
        }
      }
      if (flags.stream().noneMatch(flag -> flag.startsWith("--demo-life"))) {
        // whoever signs in would have the demo's people send requests beside the test
        command.add("--demo-life=false");
      }
      // every start hashes the passwords of the demo's people
      command.add("--identity-password-memory-kib=8192");
      command.add("--identity-password-passes=1");
      command.addAll(flags);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(dataDirectory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(
                      dataDirectory.resolveSibling(dataDirectory.getFileName() + ".out").toFile()));
      builder.environment().putAll(environment);
      builder.environment().putAll(more);
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Demo awaitReady() {
    Path file = dataDirectory.resolve("demo.json");
    await("demo.json")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError(
                    "ended with " + process.exitValue() + " before it was ready\n" + output());
              }
              return Files.exists(file);
            });
    return Demo.read(file);
  }
}
