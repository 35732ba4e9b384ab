package io.tollgate.tests.installation;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The built program, run as its user runs it: a process with a data directory. */
public final class Program {
  private Program() {}

  /** The command line of the program, without arguments. */
  public static List<String> command() {
    return command("io.tollgate.app.Main");
  }

  /** The command line of a main class of the program, without arguments. */
  public static List<String> command(String mainClass) {
    return untrained(mainClass, Learned.flags());
  }

  /** The same with flags of one's own for the JVM, and none of what was learned of the program. */
  static List<String> untrained(String mainClass, List<String> jvmFlags) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of(
            "-XX:+UseParallelGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx512m",
            // it does not live for long: compiling well costs more than it brings
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(jvmFlags);
    command.addAll(List.of("-cp", classPath(libraries()), mainClass));
    return command;
  }

  /** The folder of the program's jars. */
  public static Path libraries() {
    Path libraries = projectRoot().resolve("app/target/dist/lib");
    if (!Files.isDirectory(libraries)) {
      throw new IllegalStateException(
          libraries + " is not there (expected: ./tollgate test builds app first)");
    }
    return libraries;
  }

  /** Each jar by its name, in an order that does not change. */
  private static String classPath(Path libraries) {
    try (Stream<Path> jars = Files.list(libraries)) {
      return jars.map(Path::toString)
          .filter(file -> file.endsWith(".jar"))
          .sorted()
          .collect(Collectors.joining(File.pathSeparator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command to its end and gives what it printed and its exit code. */
  public static Ended run(Path workingDirectory, String... arguments) {
    return run(workingDirectory, Map.of(), arguments);
  }

  /** The same with variables added to the environment. */
  public static Ended run(
      Path workingDirectory, Map<String, String> environment, String... arguments) {
    List<String> command = command();
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile("tollgate-command", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(workingDirectory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not end in 120 s: " + command);
      }
      return new Ended(process.exitValue(), Files.readString(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The folder that holds the root pom. */
  public static Path projectRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("no project root above " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder;
  }

  /** A command that has ended. */
  public record Ended(int exitCode, String output) {}
}
