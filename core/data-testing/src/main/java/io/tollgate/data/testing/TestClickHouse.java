package io.tollgate.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.insight.internal.store.clickhouse.ClickHouseServer;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * ClickHouse in a folder of its own, that can be killed and started again: the current engine
 * behind its interface of HTTP ({@code scripts/python.sh} installs it), or a server as Debian has
 * it. A test is skipped where neither is to be had, and fails in continuous integration.
 */
final class ClickHouseEngine implements AutoCloseable {
  private static final String ENVIRONMENT = "tests/sdk/python/.venv";
  private static final Path SERVER = Path.of("/usr/sbin/clickhouse-server");

  private final List<String> command;
  private final Path folder;
  private final int port;
  private Process process;

  private ClickHouseEngine(List<String> command, Path folder, int port) throws IOException {
    this.command = List.copyOf(command);
    this.folder = folder;
    this.port = port;
    this.process = launch(command);
  }

  /** The current engine, ready. */
  static ClickHouseEngine current() throws IOException {
    Path root = root();
    Path environment = root.resolve(ENVIRONMENT);
    Path python = environment.resolve("bin/python");
    require(
        Files.isExecutable(python) && hasEngine(environment.toRealPath()),
        "the engine of ClickHouse is installed (see target/python.log)");
    int port = freePort();
    Path folder = Files.createTempDirectory("clickhouse-engine");
    ClickHouseEngine engine =
        new ClickHouseEngine(
            List.of(
                python.toString(),
                root.resolve("tests/sdk/python/clickhouse_over_chdb.py").toString(),
                Integer.toString(port),
                folder.toString()),
            folder,
            port);
    engine.awaitReady();
    return engine;
  }

  /** A server of Debian's; not started yet. */
  static ClickHouseEngine server() throws IOException {
    require(Files.isExecutable(SERVER), "clickhouse-server is installed (Debian's package)");
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
    ClickHouseEngine server =
        new ClickHouseEngine(
            List.of(SERVER.toString(), "--config-file=" + configuration), folder, port);
    server.kill();
    return server;
  }

  ClickHouseServer address() {
    return new ClickHouseServer(
        URI.create("http://127.0.0.1:" + port),
        "default",
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(30));
  }

  void kill() {
    process.destroyForcibly();
    try {
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void startAgain() throws IOException {
    process = launch(command);
    awaitReady();
  }

  /** The same with files that may not grow beyond a size, as on a disk that is full. */
  void startAgainWithFilesOf(int kilobytes) throws IOException {
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

  private void awaitReady() {
    try (HttpClient client = HttpClient.newHttpClient()) {
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(
              () ->
                  client
                      .send(
                          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                              .version(HttpClient.Version.HTTP_1_1)
                              .POST(BodyPublishers.ofString("SELECT 1"))
                              .build(),
                          HttpResponse.BodyHandlers.ofString())
                      .body()
                      .startsWith("1"));
    }
  }

  private static boolean hasEngine(Path environment) throws IOException {
    try (Stream<Path> found =
        Files.find(
            environment, 5, (path, _) -> path.getFileName().toString().startsWith("chdb_core-"))) {
      return found.findAny().isPresent();
    }
  }

  private static void require(boolean there, String what) {
    if (!"true".equals(System.getenv("CI"))) {
      assumeThat(there).as(what).isTrue();
    } else {
      assertThat(there).as(what).isTrue();
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
      files.sorted(Comparator.reverseOrder()).forEach(ClickHouseEngine::delete);
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
