package io.tollgate.tests.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.upstream.Payer;
import io.tollgate.tests.upstream.Site;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** A whole program with the sandbox provider, and what its realtime sessions were charged. */
final class RealtimeSite implements AutoCloseable {
  static final String PATH = "/v1/realtime?model=gpt-realtime";
  static final String HELLO =
      "{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"user\","
          + "\"content\":[{\"type\":\"input_text\",\"text\":\"Say hello\"}]}}";
  static final String SPEAK = "{\"type\":\"response.create\"}";
  static final String WRITE =
      "{\"type\":\"response.create\",\"response\":{\"output_modalities\":[\"text\"]}}";

  private static final List<String> KINDS =
      List.of("input_tokens", "output_tokens", "cached_tokens");

  private final Site site;
  private final AtomicInteger sessions = new AtomicInteger();

  RealtimeSite(String... flags) {
    site = Site.start(flags);
    site.sandboxAccount();
  }

  Site site() {
    return site;
  }

  /** A session and who pays for it. */
  record Opened(RealtimeCaller caller, Payer payer, String mark) implements AutoCloseable {
    @Override
    public void close() {
      caller.close();
    }
  }

  /** Opens a session of a new user with so much money; headers are name, value, name, value, … */
  Opened open(String dollars, String... headers) {
    return open(PATH, site.payer(dollars), headers);
  }

  Opened open(String path, Payer payer, String... headers) {
    String mark = "rt-" + sessions.incrementAndGet();
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Authorization", "Bearer " + payer.apiKey(), "X-Client-Request-Id", mark));
    RealtimeCaller caller =
        RealtimeCaller.open(
            site.installation().demo().publicUrl(), path, all.toArray(String[]::new));
    return new Opened(caller, payer, mark);
  }

  /** The rows of a session that were charged, in order, once so many are there and booked. */
  List<JsonNode> charged(Opened session, int count) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                rows(session).stream().filter(row -> tokens(row) > 0 || seconds(row) > 0).toList(),
            rows ->
                rows.size() == count
                    && rows.stream()
                        .allMatch(row -> row.required("settled").asString().equals("settled")));
  }

  /** All rows of a session, in order. */
  List<JsonNode> rows(Opened session) {
    return site.client()
        .requestLogs(site.adminToken(), "page_size=200")
        .required("data")
        .valueStream()
        .filter(row -> row.path("client_request_id").asString("").equals(session.mark()))
        .sorted(Comparator.comparing(row -> row.required("request_id").asString()))
        .toList();
  }

  private static long tokens(JsonNode row) {
    return row.path("input_tokens").asLong() + row.path("output_tokens").asLong();
  }

  static long seconds(JsonNode row) {
    return row.path("usage").path("seconds").asLong();
  }

  /** What was charged in all is what the provider says that it served, and was taken exactly. */
  void exact(Opened session, List<JsonNode> rows, String granted) {
    String first = rows.getFirst().required("request_id").asString();
    JsonNode served =
        site.client().served().required("by_request_id").properties().stream()
            .filter(one -> one.getKey().startsWith(first.substring(0, first.length() - 5)))
            .findFirst()
            .orElseThrow()
            .getValue();
    for (String kind : KINDS) {
      assertThat(rows.stream().mapToLong(row -> row.path(kind).asLong()).sum())
          .as("%s: served %s, charged %s", kind, served, rows)
          .isEqualTo(served.path(kind).asLong());
    }
    assertThat(rows.stream().mapToLong(RealtimeSite::seconds).sum())
        .isEqualTo(served.path("seconds").asLong());
    paid(session, rows, granted);
  }

  /** What is gone from the balance is the sum of the rows. */
  void paid(Opened session, List<JsonNode> rows, String granted) {
    BigDecimal cost =
        rows.stream()
            .map(row -> row.required("cost").decimalValue())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(session.payer().balance())
                    .isEqualByComparingTo(new BigDecimal(granted).subtract(cost)));
  }

  /** Switches off the key that was made last. */
  void disableKey(Opened session) {
    String[] admin = {"Authorization", "Bearer " + site.adminToken()};
    JsonNode newest =
        Client.json(
                site.client()
                    .get(site.client().url("/api/api-keys?name=scripted&page_size=1"), admin))
            .required("data")
            .required(0);
    assertThat(session.payer().apiKey())
        .startsWith(newest.required("prefix").asString().replace("*", ""));
    HttpResponse<String> answer =
        site.client()
            .send(
                HttpRequest.newBuilder(
                        site.client()
                            .url("/api/api-keys/" + newest.required("id").asString() + "/toggle"))
                    .headers(admin)
                    .header("Content-Type", "application/json")
                    .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"enabled\":false}"))
                    .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** Nothing of a session is held any more, and the books fit. */
  void clean() {
    for (String gauge :
        List.of(
            "tollgate_relay_realtime_sessions",
            "tollgate_relay_in_flight",
            "tollgate_relay_memory_bytes")) {
      await(gauge).untilAsserted(() -> assertThat(site.metric(gauge)).isZero());
    }
    site.checkBooksAndLogs();
  }

  @Override
  public void close() {
    site.close();
  }
}
