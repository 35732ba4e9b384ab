package io.tollgate.trading.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A node in a process of its own, as it is run, to be killed. */
final class NodeInProcess implements AutoCloseable {
  private static final Pattern SERVED = Pattern.compile("http://127\\.0\\.0\\.1:([0-9]+)");

  private final Process process;
  private final Path output;
  private final int port;

  private NodeInProcess(Process process, Path output, int port) {
    this.process = process;
    this.output = output;
    this.port = port;
  }

  /**
   * Starts it, and waits until it serves.
   *
   * @param crashAt step to die at; empty: none
   * @param flags further ones
   */
  static NodeInProcess start(
      SimulatedExchange exchange, Path folder, String crashAt, String... flags) throws IOException {
    Files.createDirectories(folder);
    Path output = Files.createTempFile(folder, "node", ".out");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                NodeMain.class.getName(),
                "--data-dir",
                folder.toString(),
                "--node-port=0",
                "--http-event-loops=1",
                "--exchange-binance-spot-url=" + exchange.url(),
                "--exchange-binance-futures-url=" + exchange.url()));
    command.addAll(List.of(flags));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TOLLGATE_NODE_AUTH_SECRET", NodeCaller.SECRET);
    if (!crashAt.isEmpty()) {
      builder.environment().put("TOLLGATE_CRASH_AT", crashAt);
    }
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    Process process = builder.start();
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !process.isAlive() || SERVED.matcher(Files.readString(output)).find());
    Matcher served = SERVED.matcher(Files.readString(output));
    if (!served.find()) {
      throw new IllegalStateException(Files.readString(output));
    }
    return new NodeInProcess(process, output, Integer.parseInt(served.group(1)));
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  Path output() {
    return output;
  }

  NodeCaller caller() {
    return new NodeCaller(port);
  }

  /** Kills it by signal 9. */
  void kill() throws InterruptedException {
    Process gone = process.destroyForcibly();
    int unused = gone.waitFor();
  }

  /** Waits for its end; the status it ended with. */
  int ended() throws InterruptedException {
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("still runs");
    }
    return process.exitValue();
  }

  /** Asks it to stop. */
  int stop() throws InterruptedException {
    process.destroy();
    return ended();
  }

  @Override
  public void close() {
    var unused = process.destroyForcibly();
  }
}
