package io.tollgate.tests.observe;

import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Folders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Prometheus with the configuration of {@code deploy/}, told where the test's targets are.
 */
final class RunningPrometheus implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final int port;
  private final Process process;

  private RunningPrometheus(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts one; the test that runs is skipped where none is installed.
   *
   * @param targets by the target's address in the configuration that is shipped
   */
  static RunningPrometheus start(Map<String, String> targets) throws IOException {
    CheckingTool prometheus = CheckingTool.named("prometheus");
    Path folder = Files.createTempDirectory("prometheus");
    int port = freePort();
    String config =
        DeployFolder.text(DeployFolder.of("prometheus/prometheus.yml"))
            .replace("scrape_interval: 15s", "scrape_interval: 1s")
            .replace("evaluation_interval: 15s", "evaluation_interval: 1s")
            .replace("scrape_timeout: 10s", "scrape_timeout: 1s")
            .replace("127.0.0.1:9090", "127.0.0.1:" + port);
    for (Map.Entry<String, String> target : targets.entrySet()) {
      config = config.replace(target.getKey(), target.getValue());
    }
    Path twin =
        DeployFolder.twin(
            folder, DeployFolder.of("prometheus"), "prometheus.yml", "global", "global");
    Files.writeString(twin.resolve("prometheus.yml"), config, StandardCharsets.UTF_8);
    Process process =
        new ProcessBuilder(
                prometheus.program().toString(),
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--enable-feature=exemplar-storage",
                "--web.listen-address=127.0.0.1:" + port)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    RunningPrometheus running = new RunningPrometheus(folder, port, process);
    await("Prometheus").atMost(Duration.ofSeconds(20)).until(running::isReady);
    return running;
  }

  /** The values that an expression has now; what is no number is left out. */
  List<Double> values(String expression) {
    JsonNode answer =
        get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    List<Double> found = new ArrayList<>();
    for (JsonNode each : answer.required("data").required("result")) {
      double value = Double.parseDouble(each.required("value").required(1).asString());
      if (!Double.isNaN(value)) {
        found.add(value);
      }
    }
    return found;
  }

  /** Exemplars of the last minutes. */
  JsonNode exemplars(String expression) {
    long now = System.currentTimeMillis() / 1000;
    return get("/api/v1/query_exemplars?start=%d&end=%d&query=%s"
            .formatted(now - 600, now + 60, URLEncoder.encode(expression, StandardCharsets.UTF_8)))
        .required("data");
  }

  private boolean isReady() {
    try {
      return process.isAlive() && send("/-/ready").statusCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  private JsonNode get(String path) {
    try {
      HttpResponse<String> answer = send(path);
      if (answer.statusCode() != 200) {
        throw new AssertionError(path + " answered " + answer.body());
      }
      return JsonMapper.shared().readTree(answer.body());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private HttpResponse<String> send(String path) throws IOException {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
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
    process.onExit().join();
    Folders.delete(folder);
  }
}
