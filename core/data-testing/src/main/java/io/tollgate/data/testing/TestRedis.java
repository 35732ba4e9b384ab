package io.tollgate.data.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import redis.embedded.RedisServer;

/**
 * A real Redis server in a process of its own, which can be killed and started again on the same
 * port: with nothing in it, as it keeps nothing on disk.
 */
public final class TestRedis implements AutoCloseable {
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Path program;
  private final int port;
  private Process process;

  private TestRedis(Path program, int port) {
    this.program = program;
    this.port = port;
    this.process = launch();
  }

  public static TestRedis start() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = free.getLocalPort();
      free.close();
      return new TestRedis(program(), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path program() throws IOException {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    String name =
        system.contains("mac")
            ? "redis-server-6.2.6-v5-darwin-" + (arm ? "arm64" : "amd64")
            : arm ? "redis-server-6.2.7-linux-arm64" : "redis-server-6.2.6-v5-linux-amd64";
    Path file = Files.createTempFile("redis-server", "");
    file.toFile().deleteOnExit();
    try (InputStream binary = RedisServer.class.getResourceAsStream("/" + name)) {
      if (binary == null) {
        throw new IllegalStateException("no Redis server for this machine: " + name);
      }
      Files.write(file, binary.readAllBytes());
    }
    if (!file.toFile().setExecutable(true)) {
      throw new IllegalStateException(file + " cannot be made executable");
    }
    return file;
  }

  public URI url() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  private Process launch() {
    try {
      Process started =
          new ProcessBuilder(
                  program.toString(),
                  "--port",
                  Integer.toString(port),
                  "--bind",
                  "127.0.0.1",
                  "--save",
                  "",
                  "--appendonly",
                  "no")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      awaitAnswer(started);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitAnswer(Process started) {
    long until = System.nanoTime() + WAIT_NANOS;
    while (!answers()) {
      if (!started.isAlive() || System.nanoTime() > until) {
        throw new IllegalStateException("Redis did not start on port " + port);
      }
      Thread.onSpinWait();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() == '+';
    } catch (IOException _) {
      return false;
    }
  }

  /** Kills it, as kill -9 does. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Starts it again, empty. */
  public void startAgain() {
    process = launch();
  }

  @Override
  public void close() {
    kill();
  }
}
