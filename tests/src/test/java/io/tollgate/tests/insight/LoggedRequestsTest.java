package io.tollgate.tests.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every request that reached the relay is found in its log, once, whatever became of it. */
@Tag("slow")
class LoggedRequestsTest {
  private static final String HELLO = Client.chat("gpt-4o-mini", 20, false, "Hello, gate.");

  private static Installation installation;
  private static Client client;
  private static String key;

  @BeforeAll
  static void start() {
    installation = Installation.start("--relay-accounts-reload-ms=100");
    client = new Client(installation);
    key = installation.demo().user(1).apiKey();
  }

  @AfterAll
  static void stop() {
    installation.close();
  }

  @Test
  void one_that_was_served_tells_what_it_cost() {
    HttpResponse<String> answer = client.postChat(key, HELLO, "X-Client-Request-Id", "served-1");
    JsonNode row = logged(id(answer));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(row.required("status").intValue()).isEqualTo(200);
    assertThat(row.required("model").asString()).isEqualTo("gpt-4o-mini");
    assertThat(row.required("client_request_id").asString()).isEqualTo("served-1");
    assertThat(row.required("cost").decimalValue())
        .isEqualByComparingTo(
            new BigDecimal(answer.headers().firstValue("X-Tollgate-Cost").orElseThrow()));
    assertThat(row.required("calls").size()).isEqualTo(1);
    assertThat(row.required("calls").required(0).required("outcome").asString())
        .isEqualTo("answered");
    JsonNode usage = Client.json(answer).required("usage");
    assertThat(row.required("output_tokens").longValue())
        .isEqualTo(usage.required("completion_tokens").longValue());
    assertThat(found("client_request_id=served-1")).hasSize(1);
  }

  @Test
  void one_that_failed_over_translated_and_streamed_shows_every_attempt() {
    JsonNode made =
        post(
            "/api/provider-accounts",
            Map.of(
                "provider",
                "sandbox",
                "name",
                "nobody-listens",
                "base_url",
                "http://127.0.0.1:1/v1",
                "keys",
                List.of("sk-nobody"),
                "models",
                List.of("gpt-4o-mini"),
                "priority",
                -5));
    String account = made.required("data").required("id").asString();
    try {
      String body =
          """
          {"model":"gpt-4o-mini","max_tokens":20,"stream":true,
           "messages":[{"role":"user","content":"Hello, gate %d."}]}""";
      // not of a conversation that another account has served
      AtomicInteger asked = new AtomicInteger();
      JsonNode row =
          await()
              .atMost(Duration.ofSeconds(30))
              .until(
                  () ->
                      logged(
                          id(
                              client.send(
                                  HttpRequest.newBuilder(client.url("/v1/messages"))
                                      .header("x-api-key", key)
                                      .header("anthropic-version", "2023-06-01")
                                      .header("Content-Type", "application/json")
                                      .POST(
                                          HttpRequest.BodyPublishers.ofString(
                                              body.formatted(asked.incrementAndGet())))
                                      .build()))),
                  each -> each.required("calls").size() == 2);
      assertThat(row.required("route").asString()).isEqualTo("/v1/messages");
      assertThat(row.required("stream").booleanValue()).isTrue();
      assertThat(row.required("status").intValue()).isEqualTo(200);
      assertThat(row.required("calls").required(0).required("account_id").asString())
          .isEqualTo(account);
      assertThat(row.required("calls").required(0).required("outcome").asString())
          .isEqualTo("unreachable");
      assertThat(row.required("calls").required(1).required("outcome").asString())
          .isEqualTo("answered");
      assertThat(row.required("first_token_ms").longValue()).isNotNegative();
    } finally {
      var _ =
          client.send(
              HttpRequest.newBuilder(client.url("/api/provider-accounts/" + account + "/toggle"))
                  .header("Authorization", "Bearer " + client.adminToken())
                  .header("Content-Type", "application/json")
                  .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"enabled\":false}"))
                  .build());
    }
  }

  @Test
  void refused_ones_are_there_too() {
    Map<HttpResponse<String>, String> refused =
        Map.of(
            client.postChat("sk-nobody-has-this", HELLO),
            "401 INVALID_API_KEY",
            client.postChat(key, Client.chat("no-such-model", 5, false, "Hello")),
            "404 MODEL_NOT_FOUND",
            client.postChat(installation.demo().user(2).apiKey(), HELLO),
            "402 INSUFFICIENT_MEANS",
            client.postChat(key, "{"),
            "400 MALFORMED_BODY",
            client.postChat(key, HELLO, "X-Sandbox", "status=400"),
            "400 UPSTREAM_FAILED");
    refused.forEach(
        (answer, expected) -> {
          JsonNode row = logged(id(answer));
          assertThat(
                  row.required("status").intValue() + " " + row.required("error_code").asString())
              .as(answer.body())
              .isEqualTo(expected);
          assertThat(row.required("status").intValue()).isEqualTo(answer.statusCode());
        });
    assertThat(found("model=no-such-model")).hasSize(1);
    assertThat(found("status=401&error_code=INVALID_API_KEY")).isNotEmpty();
  }

  @Test
  void a_kill_loses_none_and_repeats_none_and_the_books_agree() {
    Set<String> served = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      served.add(id(client.postChat(key, HELLO, "X-Client-Request-Id", "killed")));
    }
    String dies = begin("dies");
    // nothing is waited for: some are in the spool only
    installation.killHard(false);
    installation.startAgain();
    client = new Client(installation);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(found("client_request_id=killed").stream().map(LoggedRequestsTest::id))
                    .containsExactlyInAnyOrderElementsOf(served));
    List<JsonNode> rows = found("client_request_id=killed");
    BigDecimal booked = BigDecimal.ZERO;
    for (JsonNode row : rows) {
      booked =
          booked.add(
              await()
                  .atMost(Duration.ofSeconds(20))
                  .until(() -> logged(id(row)), LoggedRequestsTest::settled)
                  .required("cost")
                  .decimalValue());
    }
    // the log's own numbers, which no record of the books has completed
    JsonNode groups = read("/api/request-logs/stats?client_request_id=killed");
    assertThat(groups.size()).isOne();
    assertThat(groups.required(0).required("cost").decimalValue()).isEqualByComparingTo(booked);
    assertThat(groups.required(0).required("requests").longValue()).isEqualTo(served.size());

    // whose process died is in the list as the books have it
    JsonNode doubtful =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> listed(dies), row -> !row.required("settled").isNull());
    assertThat(doubtful.required("settled").asString()).isEqualTo("in_doubt");
    assertThat(found("settled=in_doubt").stream().map(LoggedRequestsTest::id)).contains(dies);
    String first = doubtful.required("created_at").asString();
    assertThat(found("start=" + first).stream().map(LoggedRequestsTest::id)).contains(dies);
    compared();
    installation.assertBooksAreClean();
  }

  /** The log is set right where only the books know, and then says the same to the last digit. */
  private static void compared() {
    String day = LocalDate.now(ZoneOffset.UTC).toString();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              JsonNode days =
                  post("/api/request-logs/comparisons", Map.of("day", day)).required("data");
              assertThat(days.size()).isPositive();
              assertThat(days.valueStream()).allMatch(each -> each.required("agrees").asBoolean());
            });
    JsonNode kept = read("/api/request-logs/comparisons?tenant_id=1").required(0);
    assertThat(kept.required("logged_cost")).isEqualTo(kept.required("booked_cost"));
    assertThat(kept.required("logged_cost").decimalValue()).isPositive();
    assertThat(read("/api/request-logs/comparisons?differing=true").isEmpty()).isTrue();
    assertThat(read("/api/request-logs/stats?client_request_id=dies").size()).isOne();
  }

  @Test
  void all_of_them_can_be_taken_away() {
    String model = "=HYPERLINK(1)";
    String id =
        id(
            client.postChat(
                key, Client.chat(model, 5, false, "Hello"), "X-Client-Request-Id", "taken"));
    var _ = logged(id);
    String csv = text("/api/request-logs/export?client_request_id=taken");
    assertThat(csv.lines()).hasSize(2);
    assertThat(csv.lines().findFirst().orElseThrow())
        .startsWith("\uFEFFrequest_id,created_at,route,");
    assertThat(csv).contains(id, "\"'=HYPERLINK(1)\"", "\"404\"");
    assertThat(text("/api/request-logs/export?format=parquet&client_request_id=taken"))
        .startsWith("PAR1")
        .endsWith("PAR1");
  }

  @Test
  void users_find_their_own_and_nobody_elses() {
    Demo.User one = installation.demo().user(1);
    Demo.User other = installation.demo().user(3);
    String mine = id(client.postChat(one.apiKey(), HELLO));
    String theirs = id(client.postChat(other.apiKey(), HELLO));
    var _ = logged(mine);
    String number = logged(theirs).required("user_id").asString();
    String path = "/api/v1/me/request-logs";
    String token = session(one);
    JsonNode row = Client.json(client.get(client.url(path + "/" + mine), bearer(token)));
    assertThat(row.required("data").required("model").asString()).isEqualTo("gpt-4o-mini");
    assertThat(row.required("data").propertyNames())
        .doesNotContain("account_id", "calls", "upstream_cost", "upstream_model", "user_id");
    assertThat(client.get(client.url(path + "/" + theirs), bearer(token)).statusCode())
        .isEqualTo(404);
    for (String query :
        List.of(
            "?page_size=100",
            "?page_size=100&settled=any",
            "?request_id=" + theirs,
            "?user_id=" + number + "&tenant_id=1",
            "/export")) {
      String list = client.get(client.url(path + query), bearer(token)).body();
      assertThat(list).as(query).doesNotContain(theirs);
    }
    assertThat(client.get(client.url(path + "?account=1"), bearer(token)).statusCode())
        .isEqualTo(400);
    assertThat(client.get(client.url(path + "/stats?group_by=user"), bearer(token)).statusCode())
        .isEqualTo(400);
    assertThat(client.get(client.url(path)).statusCode()).isEqualTo(401);
  }

  /** A stream that goes on while its process is killed; its id. */
  private static String begin(String mark) {
    HttpResponse<InputStream> answer =
        client.open(
            HttpRequest.newBuilder(client.url("/v1/chat/completions"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("X-Client-Request-Id", mark)
                .header("X-Sandbox", "output_tokens=2000; chunk_ms=50")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        Client.chat("gpt-4o-mini", 2_000, true, "Hello, gate.")))
                .build());
    return answer.headers().firstValue("X-Request-Id").orElseThrow();
  }

  private static boolean settled(JsonNode row) {
    return row.required("settled").asString("").equals("settled");
  }

  private static String session(Demo.User user) {
    return Client.json(
            client.send(
                HttpRequest.newBuilder(client.url("/api/v1/auth/login"))
                    .header("Content-Type", "application/json")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            Client.JSON.writeValueAsString(
                                Map.of("email", user.email(), "password", user.password()))))
                    .build()))
        .required("data")
        .required("token")
        .asString();
  }

  private static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }

  private static String text(String path) {
    return client.get(client.url(path), bearer(client.adminToken())).body();
  }

  private static JsonNode read(String path) {
    return Client.json(client.get(client.url(path), bearer(client.adminToken()))).required("data");
  }

  private static String id(HttpResponse<String> answer) {
    return answer.headers().firstValue("X-Request-Id").orElseThrow();
  }

  private static String id(JsonNode row) {
    return row.required("request_id").asString();
  }

  /** The request of that id, once the log itself has it: the books may know of it before. */
  private static JsonNode logged(String id) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> listed(id), row -> !row.required("route").isNull());
  }

  /** The request of that id, once the log or the books have it. */
  private static JsonNode listed(String id) {
    String token = client.adminToken();
    return Client.json(
            await()
                .atMost(Duration.ofSeconds(20))
                .until(
                    () ->
                        client.get(
                            client.url("/api/request-logs/" + id),
                            "Authorization",
                            "Bearer " + token),
                    answer -> answer.statusCode() == 200))
        .required("data");
  }

  private static List<JsonNode> found(String query) {
    List<JsonNode> rows = new ArrayList<>();
    Client.json(
            client.get(
                client.url("/api/request-logs?page_size=200&" + query),
                "Authorization",
                "Bearer " + client.adminToken()))
        .required("data")
        .forEach(rows::add);
    return rows;
  }

  private static JsonNode post(String path, Map<String, ?> body) {
    return Client.json(
        client.send(
            HttpRequest.newBuilder(client.url(path))
                .header("Authorization", "Bearer " + client.adminToken())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Client.JSON.writeValueAsString(body)))
                .build()));
  }
}
