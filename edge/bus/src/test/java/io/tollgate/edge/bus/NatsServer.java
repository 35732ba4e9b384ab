package io.tollgate.edge.bus;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real NATS server with JetStream, in a folder of its own, that can be killed and started again.
 * {@code scripts/python.sh} installs it.
 */
final class NatsServer implements AutoCloseable {
  private static final String BINARY = "tests/sdk/python/.venv/bin/nats-server";

  private final Path binary;
  private final Path folder;
  private final int port;
  private Process process;

  private NatsServer(Path binary, Path folder, int port) {
    this.binary = binary;
    this.folder = folder;
    this.port = port;
    this.process = launch();
  }

  /** Starts one; the test that runs is skipped where none is installed. */
  static NatsServer start() throws IOException {
    Path binary = find();
    assumeThat(Files.isExecutable(binary))
        .as("a NATS server is installed (see target/python.log)")
        .isTrue();
    return new NatsServer(binary, Files.createTempDirectory("nats"), freePort());
  }

  String url() {
    return "nats://127.0.0.1:" + port;
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    boolean unused = process.waitFor(10, TimeUnit.SECONDS);
  }

  void startAgain() {
    process = launch();
  }

  private Process launch() {
    try {
      return new ProcessBuilder(
              binary.toString(),
              "-a",
              "127.0.0.1",
              "-p",
              Integer.toString(port),
              "-js",
              "-sd",
              folder.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path find() {
    Path here = Path.of("").toAbsolutePath();
    while (here.getParent() != null && !Files.exists(here.resolve(BINARY))) {
      here = here.getParent();
    }
    return here.resolve(BINARY);
  }

  /** Starts one by its configuration; the test is skipped where none is installed. */
  static Process launch(Path configuration) throws IOException {
    Path binary = find();
    assumeThat(Files.isExecutable(binary))
        .as("a NATS server is installed (see target/python.log)")
        .isTrue();
    return new ProcessBuilder(binary.toString(), "-c", configuration.toString())
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(configuration.resolveSibling("log").toFile()))
        .start();
  }

  static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
