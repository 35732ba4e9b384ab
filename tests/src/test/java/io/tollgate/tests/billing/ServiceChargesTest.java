package io.tollgate.tests.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many callers at once charge one user, and nobody is charged twice or below zero. */
@Tag("slow")
class ServiceChargesTest {
  private static Installation installation;
  private static Backend backend;

  @BeforeAll
  static void start() {
    installation = Installation.start();
    backend = new Backend(installation);
  }

  @AfterAll
  static void stop() {
    try (Installation closing = installation) {
      closing.assertBooksAreClean();
    }
  }

  @Test
  void fifty_callers_with_one_request_id_get_one_record() throws Exception {
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(() -> recordId(backend.deduct("wire-fifty", "passport", 3, "wire-fifty")));
    }
    assertThat(Backend.all(calls).stream().distinct()).hasSize(1);
    assertThat(backend.used("wire-fifty", "passport")).isEqualTo(3);
    assertThat(backend.deduct("wire-fifty", "passport", 4, "wire-fifty").statusCode())
        .isEqualTo(409);
    assertThat(backend.get("/records?user_id=wire-fifty").required("total").intValue()).isOne();
  }

  @Test
  void two_hundred_callers_take_what_there_is_and_no_more() throws Exception {
    String user = "wire-poor";
    assertThat(backend.deduct(user, "payment", 990, "wire-poor").statusCode()).isEqualTo(200);
    var _ = backend.client().grant(user, "USD", "1", "wire-poor");
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String id = "wire-poor-" + i;
      calls.add(() -> backend.deduct(user, "payment", 1, id).statusCode());
    }
    List<Integer> statuses = Backend.all(calls);
    // ten are free, and ten are paid at 0.1 each
    assertThat(statuses.stream().filter(status -> status == 200)).hasSize(20);
    assertThat(statuses.stream().filter(status -> status == 402)).hasSize(180);
    assertThat(backend.get("/account?user_id=" + user).required("balance").decimalValue())
        .isEqualByComparingTo(BigDecimal.ZERO);
  }

  @Test
  void money_that_a_gateway_holds_is_called_back_before_a_deduct_is_refused() {
    Demo.User user = installation.demo().user(1);
    String id = user.userId();
    assertThat(backend.deduct(id, "payment", 1_000, "wire-leased-free").statusCode())
        .isEqualTo(200);
    BigDecimal before = balance(id);
    ask(user, "What is a lease?");
    BigDecimal balance =
        await("settled")
            .atMost(Duration.ofSeconds(20))
            .until(() -> balance(id), now -> now.compareTo(before) < 0);
    long calls = balance.movePointRight(1).longValue();
    assertThat(calls).isPositive();
    assertThat(backend.deduct(id, "payment", calls, "wire-leased").statusCode()).isEqualTo(200);
    assertThat(backend.deduct(id, "payment", 1, "wire-leased-more").statusCode()).isEqualTo(402);
    assertThat(backend.get("/account?user_id=" + id).required("balance").decimalValue())
        .isBetween(BigDecimal.ZERO, new BigDecimal("0.1"));
  }

  @Test
  void a_limit_holds_for_deducts_too_of_which_a_gateway_holds_a_part() throws Exception {
    Demo.User user = installation.demo().user(2);
    String id = user.userId();
    var _ = backend.client().grant(id, "USD", "5", "wire-limit");
    assertThat(backend.deduct(id, "payment", 1_000, "wire-limit-free").statusCode()).isEqualTo(200);
    String token = backend.client().adminToken();
    HttpResponse<String> set =
        backend
            .client()
            .send(
                HttpRequest.newBuilder(backend.client().url("/api/spend-limits"))
                    .header("Authorization", "Bearer " + token)
                    .PUT(
                        HttpRequest.BodyPublishers.ofString(
                            """
                            {"tenant_id":1,"scope":"user","user_id":%d,"span":"day","amount":"1"}"""
                                .formatted(number(id))))
                    .build());
    assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
    ask(user, "What is a limit?");
    List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String request = "wire-limit-" + i;
      calls.add(() -> backend.deduct(id, "payment", 1, request));
    }
    List<HttpResponse<String>> answers = Backend.all(calls);
    // the request has taken a little of the limit too, and room for nine deducts is left
    assertThat(answers.stream().filter(answer -> answer.statusCode() == 200))
        .as(answers.getLast().body())
        .hasSize(9);
    assertThat(answers.stream().filter(answer -> answer.statusCode() != 200))
        .allSatisfy(
            answer -> {
              assertThat(answer.statusCode()).isEqualTo(402);
              assertThat(answer.body()).contains("spend limit reached");
            });
  }

  @Test
  void statistics_tell_of_relayed_requests_and_of_services_apart() {
    Demo.User user = installation.demo().user(3);
    String id = user.userId();
    ask(user, "What is a sum?");
    assertThat(backend.deduct(id, "asset", 1_004, "wire-stats").statusCode()).isEqualTo(200);
    JsonNode relay =
        await("settled")
            .atMost(Duration.ofSeconds(20))
            .until(
                () -> backend.get("/stats/" + id),
                stats -> stats.required("total_requests").longValue() == 1);
    JsonNode model = relay.required("by_model").required("gpt-4o-mini");
    JsonNode logged =
        backend
            .client()
            .requestLogs(backend.client().adminToken(), "tenant_id=1&user_id=" + number(id))
            .required("data")
            .get(0);
    for (String count : List.of("input_tokens", "output_tokens")) {
      assertThat(model.required(count).longValue())
          .isPositive()
          .isEqualTo(relay.required("total_" + count).longValue())
          .isEqualTo(logged.required(count).longValue());
    }
    assertThat(model.required("requests").longValue()).isOne();
    assertThat(new BigDecimal(model.required("cost").asString()))
        .isPositive()
        .isEqualByComparingTo(new BigDecimal(relay.required("total_cost").asString()))
        .isEqualByComparingTo(new BigDecimal(logged.required("cost").asString()));
    JsonNode services = backend.get("/stats/summary?user_id=" + id);
    assertThat(services.required("total_count").longValue()).isEqualTo(1_004);
    assertThat(new BigDecimal(services.required("total_cost").asString()))
        .isEqualByComparingTo("0.2");
    // before there was any of it
    JsonNode none = backend.get("/stats/" + id + "?start=0&end=1000");
    assertThat(none.required("total_requests").longValue()).isZero();
    assertThat(none.required("by_model").isEmpty()).isTrue();
  }

  /** By which number administrators know a user. */
  private static long number(String userId) {
    String token = backend.client().adminToken();
    JsonNode found =
        Client.json(
            backend
                .client()
                .get(
                    backend.client().url("/api/users?tenant_id=1&user_id=" + userId),
                    "Authorization",
                    "Bearer " + token));
    return found.required("data").get(0).required("id").longValue();
  }

  @Test
  void a_charge_of_quota_and_money_is_given_back_to_both() {
    String user = "wire-refund";
    var _ = backend.client().grant(user, "USD", "1", "wire-refund");
    String record = recordId(backend.deduct(user, "payment", 1_005, "wire-refund"));
    assertThat(backend.get("/records?user_id=" + user).required("total").intValue()).isEqualTo(2);
    assertThat(backend.refund(record).statusCode()).isEqualTo(200);
    assertThat(backend.refund(record).statusCode()).isEqualTo(200);
    assertThat(backend.used(user, "payment")).isZero();
    assertThat(backend.get("/account?user_id=" + user).required("balance").decimalValue())
        .isEqualByComparingTo(BigDecimal.ONE);
  }

  @Test
  void the_dashboard_says_what_the_books_say_to_the_last_digit() {
    String admin = backend.client().adminToken();
    // plans are sold too, and have no line of their own
    JsonNode before = dashboard("trends?tenant_id=1&days=8", admin);
    BigDecimal others = booked(admin, "revenue").subtract(charged(before));
    Demo.User user = installation.demo().user(0);
    ask(user, "What is a book?");
    String id = "wire-dashboard";
    var _ = backend.client().grant(id, "USD", "9.000000001", id);
    assertThat(backend.deduct(id, "payment", 1_007, id).statusCode()).isEqualTo(200);
    JsonNode days = dashboard("trends?tenant_id=1&days=7", admin);
    JsonNode summary = dashboard("summary?tenant_id=1", admin);
    assertThat(days.required("cached").asBoolean() || summary.required("cached").asBoolean())
        .isFalse();
    BigDecimal charged = charged(days);
    JsonNode money = summary.required("money");
    assertThat(charged).isPositive();
    assertThat(charged.add(others)).isEqualByComparingTo(booked(admin, "revenue"));
    assertThat(usd(money.required("earned"))).isEqualByComparingTo(charged.add(others));
    assertThat(usd(money.required("of_users")))
        .isEqualByComparingTo(
            booked(admin, "balance").add(booked(admin, "gift")).add(booked(admin, "grant")));
    assertThat(usd(money.required("owed"))).isEqualByComparingTo(booked(admin, "owed").negate());
    // the tenant's root user is listed, and is nobody's customer
    assertThat(summary.required("total_users").longValue())
        .isEqualTo(
            Client.json(get("/api/users?tenant_id=1", admin)).required("total").longValue() - 1);
    assertThat(summary.required("total_nodes").longValue()).isZero();
    assertThat(dashboard("summary?tenant_id=1", admin).required("cached").asBoolean()).isTrue();
    assertThat(dashboard("trends?tenant_id=1&days=7", admin).required("days")).hasSize(7);
    assertThat(get("/api/dashboard/summary?tenant_id=999", admin).statusCode()).isEqualTo(404);
  }

  private static BigDecimal charged(JsonNode trends) {
    BigDecimal charged = BigDecimal.ZERO;
    for (JsonNode day : trends.required("days")) {
      charged = charged.add(usd(day.required("relay_cost"))).add(usd(day.required("service_cost")));
    }
    return charged;
  }

  private static JsonNode dashboard(String query, String admin) {
    return Client.json(get("/api/dashboard/" + query, admin)).required("data");
  }

  private static HttpResponse<String> get(String path, String admin) {
    return backend.client().get(backend.client().url(path), "Authorization", "Bearer " + admin);
  }

  private static BigDecimal usd(JsonNode sums) {
    return sums.path("USD").decimalValue(BigDecimal.ZERO);
  }

  /** What all accounts of a kind have, one by one. */
  private static BigDecimal booked(String admin, String kind) {
    BigDecimal sum = BigDecimal.ZERO;
    String next = "";
    do {
      JsonNode page =
          Client.json(
              get(
                  "/api/ledger/accounts?tenant_id=1&asset=USD&page_size=500&kind=" + kind + next,
                  admin));
      for (JsonNode account : page.required("data")) {
        sum = sum.add(account.required("balance").decimalValue());
      }
      JsonNode cursor = page.required("next_cursor");
      next = cursor.isNull() ? "" : "&cursor=" + cursor.asString();
    } while (!next.isEmpty());
    return sum;
  }

  private static BigDecimal balance(String user) {
    return backend.get("/account?user_id=" + user).required("balance").decimalValue();
  }

  /** Asks, and waits until it is booked: sums that are read one after the other fit only then. */
  private static void ask(Demo.User user, String question) {
    HttpResponse<String> answer =
        backend.client().postChat(user.apiKey(), Client.chat("gpt-4o-mini", 16, false, question));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String admin = backend.client().adminToken();
    String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
    JsonNode _ =
        await("settled")
            .atMost(Duration.ofSeconds(20))
            .until(
                () -> backend.client().requestLogs(admin, "request_id=" + id).required("data"),
                rows -> rows.path(0).path("settled").asString("").equals("settled"));
  }

  private static String recordId(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Client.json(answer).required("record_id").stringValue();
  }
}
