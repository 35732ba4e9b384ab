package io.tollgate.app;

import io.tollgate.ground.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import picocli.CommandLine.ParseResult;

/**
 * Serves a few requests and ends, so that the JVM can write down which classes a start needs (<a
 * href="https://openjdk.org/jeps/514">JEP 514</a>). Run on a data directory of its own, at build.
 */
final class StartTraining {
  private static final int ROUNDS = 30;

  private StartTraining() {}

  static int run(Settings settings, ParseResult parsed, PrintWriter out) throws Exception {
    AppConfig config = AppConfig.from(settings);
    try (Foundation foundation = Foundation.open(settings, config.dataDirectory());
        RunningProgram running =
            RunningProgram.start(foundation, config, ProgramRoles.all(), true);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      DemoData.Made demo = running.demo();
      String url = running.publicUrl();
      for (int round = 0; round < ROUNDS; round++) {
        chat(client, url, demo.users().get(round % 2).apiKey(), round % 3 == 0);
      }
      get(client, url + "/v1/models", demo.users().get(1).apiKey());
      get(client, url + "/health/ready", "");
      get(
          client,
          url + "/api/v1/billing/sync/" + demo.users().get(1).userId(),
          demo.serviceToken());
    }
    return 0;
  }

  private static void chat(HttpClient client, String url, String key, boolean stream)
      throws IOException, InterruptedException {
    String body =
        "{\"model\":\"gpt-4o-mini\",\"max_tokens\":20,\"stream\":"
            + stream
            + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    send(
        client,
        HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static void get(HttpClient client, String url, String key)
      throws IOException, InterruptedException {
    send(
        client,
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + key).build());
  }

  private static void send(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new StartException(
          request.uri() + " answered " + response.statusCode() + ": " + response.body());
    }
  }
}
