package io.tollgate.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own that keeps a server running until it is killed. */
final class Keeper implements AutoCloseable {
  private static final String READY = "ready ";

  private final Process process;
  private final String answer;

  private Keeper(Process process, String answer) {
    this.process = process;
    this.answer = answer;
  }

  public static void main(String[] arguments) throws InterruptedException {
    try {
      DataDirectory directory = DataDirectory.open(Path.of(arguments[0]), InstantSource.system());
      EmbeddedPostgres server = EmbeddedPostgres.start(directory, Samples.QUICK);
      System.out.println(READY + server.port());
    } catch (PostgresException e) {
      System.out.println("refused " + e.getMessage());
      System.exit(1);
    }
    Thread.currentThread().join();
  }

  /** Starts one and waits for its first line. */
  static Keeper start(Path folder, String... prefix) throws IOException {
    List<String> command = new ArrayList<>(List.of(prefix));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Keeper.class.getName());
    command.add(folder.toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    return new Keeper(process, String.valueOf(lines.readLine()));
  }

  boolean isReady() {
    return answer.startsWith(READY);
  }

  int port() {
    return Integer.parseInt(answer.substring(READY.length()));
  }

  /** What it said when it could not start. */
  String answer() {
    return answer;
  }

  /** As {@code kill -9} does: it learns nothing of it. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
