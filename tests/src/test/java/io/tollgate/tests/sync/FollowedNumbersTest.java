package io.tollgate.tests.sync;

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
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Clients that are connected see what the program charges, as it is in the books. */
@Tag("slow")
class FollowedNumbersTest {
  private static Installation installation;
  private static Client client;

  @BeforeAll
  static void start() {
    // pages of other origins may follow
    installation = Installation.start("--cors-origins", "*");
    client = new Client(installation);
  }

  @AfterAll
  static void stop() {
    try (Installation closing = installation) {
      closing.assertBooksAreClean();
    }
  }

  @Test
  void a_relayed_request_is_seen_soon_by_streams_and_sockets_as_it_is_booked() throws Exception {
    Demo.User user = installation.demo().user(0);
    List<JsonNode> heard = new CopyOnWriteArrayList<>();
    HttpClient sockets = HttpClient.newHttpClient();
    try (FollowedStream stream = stream(user.userId(), "?token=" + user.apiKey())) {
      await().until(() -> !stream.told("sync").isEmpty());
      var _ =
          sockets
              .newWebSocketBuilder()
              .buildAsync(
                  URI.create(
                      client
                          .url("/ws/sync?device_id=d&token=" + user.apiKey())
                          .toString()
                          .replace("http:", "ws:")),
                  new Hearing(heard))
              .get(10, TimeUnit.SECONDS);
      await().until(() -> devices(user) == 1);
      long soonestMs = Long.MAX_VALUE;
      for (int number = 1; number <= 5; number++) {
        int requests = number;
        HttpResponse<String> answer =
            client.postChat(
                user.apiKey(), Client.chat("gpt-4o-mini", 16, false, "Hello " + number));
        assertThat(answer.statusCode()).isEqualTo(200);
        long answered = System.nanoTime();
        await()
            .pollInterval(Duration.ofMillis(20))
            .until(
                () ->
                    stream.told("usage_recorded").size() == requests
                        && heard.stream().filter(each -> type(each, "usage.recorded")).count()
                            == requests);
        soonestMs = Math.min(soonestMs, (System.nanoTime() - answered) / 1_000_000);
      }
      // each of them, but for what else this machine has to do meanwhile
      assertThat(soonestMs).isLessThan(2_000);
      JsonNode usage = stream.told("usage_recorded").getLast();
      assertThat(usage.required("model").asString()).isEqualTo("gpt-4o-mini");
      assertThat(usage.required("platform").asString()).isEqualTo("openai");
      assertThat(usage.required("input_tokens").longValue()).isPositive();
      assertThat(usage.required("output_tokens").longValue()).isPositive();
      assertThat(usage.required("trace_id").asString()).isNotEmpty();
      JsonNode snapshot = client.snapshot(user.userId());
      // it is told after the request that has changed it
      await()
          .until(() -> last(stream, "quota_updated", "version").equals(snapshot.path("version")));
      JsonNode quota = stream.told("quota_updated").getLast();
      for (String field : List.of("quota_limit", "quota_used", "quota_remaining")) {
        assertThat(quota.required(field).longValue())
            .as(field)
            .isEqualTo(snapshot.required(field).longValue());
      }
      assertThat(quota.required("percent_used").isNumber()).isTrue();
    } finally {
      // a client whose sockets are open does not close
      sockets.shutdownNow();
    }
    assertThatNowhereIsLogged(user.apiKey());
  }

  @Test
  void what_backends_charge_give_back_and_pay_in_is_seen_with_the_balance_as_it_is()
      throws Exception {
    String user = "followed-backend";
    try (FollowedStream stream =
        new FollowedStream(
            client.url("/api/v1/billing/sync/" + user + "/stream"),
            "Authorization",
            "Bearer " + installation.demo().serviceToken())) {
      await().until(() -> !stream.told("sync").isEmpty());
      var _ = client.grant(user, "USD", "5", "followed");
      // a thousand are free
      assertThat(deduct(user, 1_005).statusCode()).isEqualTo(200);
      // the grant has changed it before
      await()
          .until(() -> last(stream, "balance_changed", "reason").asString("").equals("api_usage"));
      assertThat(last(stream, "balance_changed", "balance").decimalValue())
          .isEqualByComparingTo(client.balance(user));
      await().until(() -> !stream.told("quota_exhausted").isEmpty());
      assertThat(stream.told("quota_updated").getLast().required("service_name").asString())
          .isEqualTo("payment");
    }
  }

  @Test
  void samples_killed_and_started_again_miss_nothing_and_see_nothing_twice() throws Exception {
    Demo.User user = installation.demo().user(1);
    var _ = client.grant(user.userId(), "USD", "50", "followed-samples");
    assertThat(deduct(user.userId(), 1_000).statusCode()).isEqualTo(200);
    long start = client.snapshot(user.userId()).required("version").longValue();
    AtomicLong end = new AtomicLong(Long.MAX_VALUE);
    try (FollowedStream reference = stream(user.userId(), "?token=" + user.apiKey());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      await().until(() -> !reference.told("sync").isEmpty());
      List<Future<List<Long>>> seen = new ArrayList<>();
      for (SampleRun run : samples(user.userId())) {
        seen.add(
            threads.submit(
                () -> run.follow(user.apiKey(), start, version -> version >= end.get())));
      }
      for (int number = 1; number <= 200; number++) {
        assertThat(deduct(user.userId(), 1, "sample-" + number).statusCode()).isEqualTo(200);
      }
      await().until(() -> reference.told("balance_changed").size() == 200);
      List<Long> expected =
          reference.told("balance_changed").stream()
              .map(each -> each.required("version").longValue())
              .toList();
      end.set(expected.getLast());
      for (Future<List<Long>> each : seen) {
        assertThat(each.get(90, TimeUnit.SECONDS)).isEqualTo(expected);
      }
    }
  }

  @Test
  void a_page_in_a_browser_that_drops_its_stream_a_hundred_times_misses_nothing() throws Exception {
    String user = "followed-page";
    var _ = client.grant(user, "USD", "50", "followed-page");
    assertThat(deduct(user, 1_000).statusCode()).isEqualTo(200);
    long start = client.snapshot(user).required("version").longValue();
    String base = client.url("/").toString().replaceAll("/$", "");
    URI stream = client.url("/api/v1/billing/sync/" + user + "/stream");
    String token = installation.demo().serviceToken();
    try (BrowserPage page = BrowserPage.open(URI.create(base), user, token, start);
        FollowedStream reference = new FollowedStream(stream, "Authorization", "Bearer " + token)) {
      await().atMost(Duration.ofSeconds(30)).until(page::isReady);
      await().until(() -> !reference.told("sync").isEmpty());
      assertThat(deduct(user, 1, "page-0").statusCode()).isEqualTo(200);
      await().until(() -> page.seen().size() == 1);
      for (int number = 1; number <= 200; number++) {
        assertThat(deduct(user, 1, "page-" + number).statusCode()).isEqualTo(200);
      }
      await().until(() -> reference.told("balance_changed").size() == 201);
      List<Long> expected =
          reference.told("balance_changed").stream()
              .map(each -> each.required("version").longValue())
              .toList();
      await().atMost(Duration.ofSeconds(30)).until(() -> page.seen().size() >= expected.size());
      assertThat(page.seen()).isEqualTo(expected);
    }
  }

  private static List<SampleRun> samples(String user) throws IOException {
    Path folder = Program.projectRoot().resolve("docs/samples");
    Path dropping = Program.projectRoot().resolve("tests/sdk/sync");
    Path script = Files.createTempDirectory("sample").resolve("follow.mjs");
    var _ = Files.copy(folder.resolve("follow.ts"), script);
    String base = client.url("/").toString().replaceAll("/$", "");
    String java = ProcessHandle.current().info().command().orElse("java");
    return List.of(
        new SampleRun(List.of("python3", folder.resolve("follow.py").toString(), base, user), 8),
        new SampleRun(
            List.of("python3", dropping.resolve("dropping.py").toString(), base, user), 0),
        new SampleRun(
            List.of(
                "node",
                "--experimental-websocket",
                dropping.resolve("dropping.mjs").toString(),
                base,
                user),
            0),
        new SampleRun(
            List.of("node", "--experimental-websocket", script.toString(), base, "sample"), 8),
        new SampleRun(List.of(java, folder.resolve("Follow.java").toString(), base, user), 1),
        new SampleRun(KotlinSample.compiled(folder.resolve("Follow.kt")).command(base, user), 2));
  }

  private static HttpResponse<String> deduct(String user, long count) {
    return deduct(user, count, user + count);
  }

  private static HttpResponse<String> deduct(String user, long count, String requestId) {
    return client.send(
        HttpRequest.newBuilder(
                installation.demo().privateUrl().resolve("/internal/v1/billing/deduct"))
            .header("X-Service-Token", installation.demo().serviceToken())
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"user_id":"%s","service_name":"payment","count":%d,"request_id":"%s"}"""
                        .formatted(user, count, requestId)))
            .build());
  }

  private static FollowedStream stream(String user, String query) {
    return new FollowedStream(client.url("/api/v1/billing/sync/" + user + "/stream" + query));
  }

  /** A field of what a stream has told last of a type; missing before the first. */
  private static JsonNode last(FollowedStream stream, String type, String field) {
    List<JsonNode> told = stream.told(type);
    return told.isEmpty() ? MissingNode.getInstance() : told.getLast().path(field);
  }

  private static int devices(Demo.User user) {
    return Client.json(
            client.get(
                client.url("/api/v1/billing/sync/" + user.userId() + "/devices"),
                "Authorization",
                "Bearer " + user.apiKey()))
        .required("devices")
        .size();
  }

  private static boolean type(JsonNode message, String type) {
    return message.path("data").path("type").asString().equals(type);
  }

  private static void assertThatNowhereIsLogged(String token) throws IOException {
    assertThat(installation.output()).doesNotContain(token);
    try (Stream<Path> files = Files.walk(installation.dataDirectory())) {
      for (Path file : files.filter(each -> each.toString().contains(".log")).toList()) {
        if (Files.isRegularFile(file)) {
          assertThat(
                  new String(
                      Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
              .as(file.toString())
              .doesNotContain(token);
        }
      }
    }
  }

  private record Hearing(List<JsonNode> heard) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      heard.add(Client.JSON.readTree(data.toString()));
      socket.request(1);
      return java.util.concurrent.CompletableFuture.completedFuture(null);
    }
  }
}
