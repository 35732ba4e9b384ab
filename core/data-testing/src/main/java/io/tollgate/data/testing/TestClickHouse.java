package io.tollgate.data.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * ClickHouse in a folder of its own, that can be killed and started again: the current engine
 * behind its interface of HTTP ({@code scripts/python.sh} installs it), or a server as Debian has
 * it.
 */
public final class TestClickHouse implements AutoCloseable {
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final String ENVIRONMENT = "tests/sdk/python/.venv";
  private static final Path SERVER = Path.of("/usr/sbin/clickhouse-server");

  private final List<String> command;
  private final Path folder;
  private final int port;
  private Process process;

  private TestClickHouse(List<String> command, Path folder, int port) throws IOException {
    this.command = List.copyOf(command);
    this.folder = folder;
    this.port = port;
    this.process = launch(command);
  }

  /** The current engine, ready; nothing where it is not installed. */
  public static Optional<TestClickHouse> current() throws IOException {
    Path root = root();
    Path environment = root.resolve(ENVIRONMENT);
    Path python = environment.resolve("bin/python");
    if (!Files.isExecutable(python) || !hasEngine(environment.toRealPath())) {
      return Optional.empty();
    }
    int port = freePort();
    Path folder = Files.createTempDirectory("clickhouse-engine");
    TestClickHouse engine =
        new TestClickHouse(
            List.of(
                python.toString(),
                root.resolve("tests/sdk/python/clickhouse_over_chdb.py").toString(),
                Integer.toString(port),
                folder.toString()),
            folder,
            port);
    engine.awaitReady();
    return Optional.of(engine);
  }

  /** A server of Debian's, not started yet; nothing where it is not installed. */
  public static Optional<TestClickHouse> server() throws IOException {
    if (!Files.isExecutable(SERVER)) {
      return Optional.empty();
    }
    int port = freePort();
    Path folder = Files.createTempDirectory("clickhouse-server");
    Path configuration = folder.resolve("config.xml");
    Files.writeString(
        configuration,
        """
        <yandex>
          <logger><level>warning</level><log>%1$s/server.log</log><errorlog>%1$s/errors.log</errorlog></logger>
          <http_port>%2$d</http_port><tcp_port>%3$d</tcp_port><listen_host>127.0.0.1</listen_host>
          <path>%1$s/data/</path><tmp_path>%1$s/tmp/</tmp_path><users_config>%1$s/users.xml</users_config>
          <default_profile>default</default_profile><default_database>default</default_database>
          <mark_cache_size>67108864</mark_cache_size>
        </yandex>
        """
            .formatted(folder, port, freePort()));
    Files.writeString(
        folder.resolve("users.xml"),
        """
        <yandex>
          <profiles><default/></profiles>
          <quotas><default/></quotas>
          <users><default><password></password><networks><ip>127.0.0.1</ip></networks>
            <profile>default</profile><quota>default</quota></default></users>
        </yandex>
        """);
    TestClickHouse server =
        new TestClickHouse(
            List.of(SERVER.toString(), "--config-file=" + configuration), folder, port);
    server.kill();
    return Optional.of(server);
  }

  /** Its interface of HTTP. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** What it answers to a query. */
  public String ask(String query) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(url().resolve("/"))
                  .version(HttpClient.Version.HTTP_1_1)
                  .POST(BodyPublishers.ofString(query))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body()
          .strip();
    }
  }

  /** Kills it, as kill -9 does. */
  public void kill() {
    process.destroyForcibly();
    Process _ = process.onExit().join();
  }

  /** Starts it again, with what it had. */
  public void startAgain() throws IOException {
    process = launch(command);
    awaitReady();
  }

  /** The same with files that may not grow beyond a size, as on a disk that is full. */
  public void startAgainWithFilesOf(int kilobytes) throws IOException {
    List<String> limited = new ArrayList<>();
    limited.addAll(
        List.of("bash", "-c", "trap '' XFSZ; ulimit -f " + kilobytes + "; exec \"$@\"", "limited"));
    limited.addAll(command);
    process = launch(limited);
    awaitReady();
  }

  private Process launch(List<String> with) throws IOException {
    return new ProcessBuilder(with)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private void awaitReady() throws IOException {
    long until = System.nanoTime() + WAIT_NANOS;
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > until) {
        throw new IOException("ClickHouse did not start on port " + port);
      }
      Thread.onSpinWait();
    }
  }

  private boolean answers() {
    try {
      return ask("SELECT 1").equals("1");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean hasEngine(Path environment) throws IOException {
    try (Stream<Path> found =
        Files.find(
            environment, 5, (path, _) -> path.getFileName().toString().startsWith("chdb_core-"))) {
      return found.findAny().isPresent();
    }
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (here.getParent() != null && !Files.exists(here.resolve("tests/sdk/python"))) {
      here = here.getParent();
    }
    return here;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(TestClickHouse::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      boolean _ = Files.deleteIfExists(file);
    } catch (IOException e) {
      // one that the process was still writing: the folder is a temporary one
    }
  }
}
