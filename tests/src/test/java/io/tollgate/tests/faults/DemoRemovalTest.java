package io.tollgate.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing of a demo opens anything in production (S04). */
@Tag("slow")
class DemoRemovalTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Pattern PUBLIC = Pattern.compile("public +(http://\\S+)");

  @Test
  void demo_directory_is_refused_in_production_until_the_demo_is_removed_and_then_it_is_gone()
      throws Exception {
    try (Installation installation = Installation.start("--demo-life=true")) {
      Demo demo = installation.demo();
      Client client = new Client(installation);
      assertThat(
              client
                  .postChat(demo.user(1).apiKey(), Client.chat("gpt-4o-mini", 20, false, "Hello"))
                  .statusCode())
          .isEqualTo(200);
      lives(demo);
      Path folder = installation.dataDirectory();
      assertThat(remove(folder).output()).contains("is in use by another process");
      int unused = installation.stop(Duration.ofSeconds(40));

      Program.Ended refused = production(folder);
      assertThat(refused.exitCode()).as(refused.output()).isEqualTo(1);
      assertThat(refused.output())
          .contains("administrator admin with a known password")
          .contains("tenant Demo of the demo")
          .contains("sandbox provider")
          .contains("./tollgate demo remove --data-dir " + folder)
          .doesNotContain("\tat ");

      Program.Ended removed = remove(folder);
      assertThat(removed.exitCode()).as(removed.output()).isZero();
      assertThat(removed.output())
          .contains("tenant Demo is closed: 16 users, 11 API keys, 1 service tokens")
          .contains("the sandbox provider serves no more")
          .contains("6 bindings to strategies are stopped")
          .contains("accounts of its users are emptied by transfers")
          .doesNotContain("earlier process hold");
      assertThat(folder.resolve("demo-secrets.json")).doesNotExist();
      assertThat(remove(folder).output()).contains("Nothing of a demo is left");
      audited(installation);

      serves(folder, demo);
      audited(installation);
    }
  }

  /** By the command: it runs no more. */
  private static void audited(Installation installation) {
    Program.Ended audit = installation.audit();
    assertThat(audit.exitCode()).as(audit.output()).isZero();
  }

  /** Its people have a week behind them and send requests once a browser has a session. */
  private static void lives(Demo demo) throws Exception {
    String url = demo.publicUrl().toString();
    HttpResponse<String> signedIn =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(url + "/api/auth/login"))
                .header("Content-Type", "application/json")
                .header("X-Tollgate-CSRF", "1")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(
                    BodyPublishers.ofString(
                        "{\"username\":\"admin\",\"password\":\"admin123\",\"session\":\"cookie\"}"))
                .build(),
            BodyHandlers.ofString());
    assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(200);
    String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    await("people of the demo send requests, after a week of them")
        .atMost(Duration.ofSeconds(90))
        .until(() -> requests(url, cookie, "2000-01-01T00:00:00Z"), count -> count > 400);
    String now = Instant.now().toString();
    // once all of the week is there, which takes a slow machine a while
    await("and go on").atMost(Duration.ofSeconds(120)).until(() -> requests(url, cookie, now) > 2);
  }

  /** How many requests have come since. */
  private static long requests(String url, String cookie, String since) throws Exception {
    HttpResponse<String> list =
        HTTP.send(
            HttpRequest.newBuilder(
                    URI.create(url + "/api/request-logs?count=true&page_size=1&start=" + since))
                .header("Cookie", cookie)
                .build(),
            BodyHandlers.ofString());
    assertThat(list.statusCode()).as(list.body()).isEqualTo(200);
    return Client.JSON.readTree(list.body()).required("total").longValue();
  }

  /** Starts in production, and tries what the demo gave out. */
  private static void serves(Path folder, Demo demo) throws Exception {
    Path output = Files.createTempFile("tollgate-production", ".out");
    Process process = start(folder, output);
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> PUBLIC.matcher(Files.readString(output)).find() || !process.isAlive());
      Matcher matcher = PUBLIC.matcher(Files.readString(output));
      assertThat(matcher.find()).as(Files.readString(output)).isTrue();
      String url = matcher.group(1);
      assertThat(get(url + "/health/ready", "none")).isEqualTo(200);
      assertThat(get(url + "/v1/models", demo.user(0).apiKey())).isEqualTo(401);
      assertThat(get(url + "/api/v1/billing/sync/" + demo.user(0).userId(), demo.serviceToken()))
          .isEqualTo(401);
      assertThat(login(url, "admin123")).isEqualTo(401);
      assertThat(login(url, Files.readString(folder.resolve("admin-password")).strip()))
          .isEqualTo(200);
    } finally {
      process.destroy();
      assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
      Files.delete(output);
    }
  }

  private static Program.Ended remove(Path folder) {
    return Program.run(folder, "demo", "remove", "--data-dir", folder.toString());
  }

  private static Program.Ended production(Path folder) throws IOException {
    return Program.run(
        folder,
        Map.of("TOLLGATE_MASTER_KEY", masterKey(folder)),
        arguments(folder).toArray(String[]::new));
  }

  private static Process start(Path folder, Path output) throws IOException {
    List<String> command = new ArrayList<>(Program.command());
    command.addAll(arguments(folder));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("TOLLGATE_MASTER_KEY", masterKey(folder));
    return builder.start();
  }

  private static List<String> arguments(Path folder) {
    return List.of(
        "up",
        "--env",
        "production",
        "--data-dir",
        folder.toString(),
        "--port",
        "0",
        "--private-port",
        "0",
        "--grpc-port",
        "0");
  }

  private static String masterKey(Path folder) throws IOException {
    return Files.readString(folder.resolve("master.key")).strip();
  }

  private static int login(String url, String password) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(url + "/api/auth/login"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    Client.JSON.writeValueAsString(
                        Map.of("username", "admin", "password", password)))));
  }

  private static int get(String url, String bearer) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + bearer));
  }

  private static int send(HttpRequest.Builder request) throws Exception {
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> response =
          http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
      return response.statusCode();
    }
  }
}
