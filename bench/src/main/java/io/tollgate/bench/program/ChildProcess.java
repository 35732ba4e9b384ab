package io.tollgate.bench.program;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of the benchmark; it ends with it. Its error output goes to a log file. */
public final class ChildProcess implements AutoCloseable {
  private final String name;
  private final Process process;
  private final Thread hook;
  private final BufferedReader output;

  private ChildProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.hook = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Starts a process whose output is read with {@link #line}. */
  public static ChildProcess talking(String name, Path folder, List<String> command)
      throws IOException {
    return new ChildProcess(name, builder(name, folder, command).start());
  }

  /** Starts a process whose output goes to the log as well. */
  public static ChildProcess silent(String name, Path folder, List<String> command)
      throws IOException {
    return new ChildProcess(
        name,
        builder(name, folder, command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name, folder)))
            .start());
  }

  private static ProcessBuilder builder(String name, Path folder, List<String> command) {
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(log(name, folder)));
  }

  private static File log(String name, Path folder) {
    return folder.resolve(name + ".log").toFile();
  }

  public long pid() {
    return process.pid();
  }

  public boolean runs() {
    return process.isAlive();
  }

  /** The rest of the next line that begins with a word. */
  public String line(String word) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.equals(word) || line.startsWith(word + " ")) {
        return line.substring(word.length()).strip();
      }
    }
    throw new IOException(name + " ended without saying '" + word + "' (its log tells why)");
  }

  /** Ends it as a crash would, without asking. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Waits until it ends of its own accord and answers its exit status. */
  public int join() throws InterruptedException {
    return process.waitFor();
  }

  /** Asks it to end and waits; after 30 s it is ended by force. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the benchmark itself is ending: the hook runs already
      return;
    }
  }
}
