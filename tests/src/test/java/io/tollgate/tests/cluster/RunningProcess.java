package io.tollgate.tests.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A process of a cluster. What it prints is added to one file over all its starts. */
final class RunningProcess {
  private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

  static {
    // a test that is ended half way leaves nothing behind
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> STARTED.forEach(process -> process.destroyForcibly())));
  }

  private final Process process;
  private final Path output;
  private final List<String> command;

  private RunningProcess(Process process, Path output, List<String> command) {
    this.process = process;
    this.output = output;
    this.command = command;
  }

  static RunningProcess start(
      List<String> command, Map<String, String> environment, Path workingFolder, Path output) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(workingFolder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
      builder.environment().keySet().removeIf(name -> name.startsWith("TOLLGATE_"));
      builder.environment().putAll(environment);
      Process process = builder.start();
      STARTED.add(process);
      var unused = process.onExit().thenAccept(STARTED::remove);
      return new RunningProcess(process, output, List.copyOf(command));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it as hard as can be and waits until it is gone. */
  void killHard() {
    process.destroyForcibly();
    int unused = awaitEnd(Duration.ofSeconds(10));
  }

  /** Asks it to end, as Ctrl-C does, and gives its exit code. */
  int stop(Duration atMost) {
    process.destroy();
    return awaitEnd(atMost);
  }

  /** Stops it from running, and lets it go on: nothing is lost, only time passes. */
  void freeze() {
    Shell.run("kill", "-STOP", Long.toString(pid()));
  }

  void thaw() {
    Shell.run("kill", "-CONT", Long.toString(pid()));
  }

  /** Waits until it has ended and gives its exit code. */
  int awaitEnd(Duration atMost) {
    try {
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("did not end in " + atMost + ": " + command + "\n" + tail());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  /** Throws with what it printed when it has ended. */
  void mustRun() {
    if (!process.isAlive()) {
      throw new AssertionError(
          "ended with " + process.exitValue() + ": " + command + "\n" + tail());
    }
  }

  /** The end of what it printed. */
  String tail() {
    try {
      String text = Files.readString(output);
      return text.substring(Math.max(0, text.length() - 4_000));
    } catch (IOException e) {
      return "(" + output + " cannot be read: " + e + ")";
    }
  }
}
