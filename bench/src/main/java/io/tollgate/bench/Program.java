package io.tollgate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real program on a data directory of its own, its provider account leading to our upstream.
 */
final class Program {
  private static final int START_SECONDS = 120;

  private final Path folder;
  private final List<String> command;
  private final int port;
  private final int privatePort;
  private final int upstreamPort;
  private String key = "";

  Program(Path folder, List<String> command, int port, int privatePort, int upstreamPort) {
    this.folder = folder;
    this.command = command;
    this.port = port;
    this.privatePort = privatePort;
    this.upstreamPort = upstreamPort;
  }

  /** Of the demo's paying user; known once prepared. */
  String key() {
    return key;
  }

  int port() {
    return port;
  }

  /**
   * Lets it make its demo data with the sandbox on the upstream's port, which enters that address
   * as a provider account, and gives the paying user more money than any run can spend.
   */
  void prepare() throws IOException, InterruptedException {
    Path demoFile = folder.resolve("data/demo.json");
    try (Child first = start("program-first", "--demo", "true");
        HttpClient client = HttpClient.newHttpClient()) {
      await(first, () -> Files.exists(demoFile) && ready(client));
      JsonNode demo = JsonMapper.shared().readTree(Files.readString(demoFile));
      JsonNode user = demo.path("users").path(1);
      key = user.path("api_key").asString();
      String body =
          "{\"user_id\":\""
              + user.path("user_id").asString()
              + "\",\"asset\":\"USD\",\"amount\":1000000,\"idempotency_key\":\"bench\"}";
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(
                          demo.path("private_url").asString() + "/internal/v1/billing/grants"))
                  .header("X-Service-Token", demo.path("service_token").asString())
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("grant answered " + answer.statusCode() + ": " + answer.body());
      }
    }
  }

  /** Starts it without the sandbox and waits until it serves. */
  Child serve() throws IOException, InterruptedException {
    Child child = start("program", "--demo", "false");
    try (HttpClient client = HttpClient.newHttpClient()) {
      await(child, () -> ready(client));
    }
    return child;
  }

  private Child start(String name, String... more) throws IOException {
    List<String> all = new ArrayList<>(command);
    all.addAll(
        List.of(
            "up",
            "--data-dir",
            folder.resolve("data").toString(),
            "--port",
            Integer.toString(port),
            "--private-port",
            Integer.toString(privatePort),
            "--grpc-port",
            "0",
            "--sandbox-port",
            Integer.toString(upstreamPort)));
    all.addAll(List.of(more));
    return Child.silent(name, folder, all);
  }

  private boolean ready(HttpClient client) throws InterruptedException {
    try {
      return client
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static void await(Child child, Check check) throws IOException, InterruptedException {
    for (int i = 0; i < START_SECONDS * 10; i++) {
      if (check.holds()) {
        return;
      }
      if (!child.runs()) {
        throw new IOException("the program ended while starting (its log tells why)");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IOException("the program did not serve within " + START_SECONDS + " s");
  }

  private interface Check {
    boolean holds() throws IOException, InterruptedException;
  }
}
