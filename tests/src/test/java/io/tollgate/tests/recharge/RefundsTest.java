package io.tollgate.tests.recharge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Installation;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What administrators do about recharges: refunds, second payments, cases. */
@Tag("slow")
class RefundsTest {
  private static final Installation installation = Installation.start();
  private static final Cashier cashier = new Cashier(installation);
  private static final Client client = cashier.client();
  private static final String admin = client.adminToken();

  @AfterAll
  static void the_books_are_clean() {
    try (installation) {
      JsonNode audit = client.audit(admin);
      assertThat(audit.required("clean").asBoolean()).as(audit.toString()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sandbox", "stripe"})
  void an_order_is_refunded_in_part_and_then_wholly(String method) {
    Cashier.Order order = paid("parts-" + method, "10", method);
    long id = number(order);
    JsonNode part = Client.json(refund(id, "4.25", "k1-" + method)).required("data");
    assertThat(part.required("state").asString()).isEqualTo("booked");
    assertThat(Client.json(refund(id, "4.25", "k1-" + method)).required("data")).isEqualTo(part);
    assertThat(refund(id, "4.26", "k1-" + method).statusCode()).isEqualTo(409);
    assertThat(client.balance(order.user())).isEqualByComparingTo("5.75");
    JsonNode shown = cashier.show(order.id());
    assertThat(shown.required("status").asString()).isEqualTo("success");
    assertThat(shown.required("refunded_amount").decimalValue()).isEqualByComparingTo("4.25");
    assertThat(refund(id, "5.76", "k2-" + method).statusCode()).isEqualTo(409);
    assertThat(refund(id, "", "k3-" + method).statusCode()).isEqualTo(200);
    assertThat(cashier.status(order.id())).isEqualTo("refunded");
    assertThat(client.balance(order.user())).isEqualByComparingTo("0");
    assertThat(refund(id, "", "k4-" + method).statusCode()).isEqualTo(409);
    JsonNode detail = get("/api/recharge-orders/" + id).required("data");
    assertThat(detail.required("transitions").size()).isEqualTo(4);
    assertThat(detail.required("refunds").size()).isEqualTo(2);
    String payment = detail.required("payments").get(0).required("payment_id").asString();
    assertThat(cashier.callback(order.id(), payment, "10", "SUCCESS").statusCode()).isEqualTo(200);
    assertThat(client.balance(order.user())).as("replayed after").isEqualByComparingTo("0");
  }

  @Test
  void what_was_spent_is_not_refunded_and_the_answer_says_what_is_there() {
    var user = cashier.demo().user(2);
    Cashier.Order order = paid(user.userId(), "0.02", "sandbox");
    HttpResponse<String> chat =
        client.postChat(
            user.apiKey(),
            Client.chat("gpt-4o-mini", 5_000, false, "Spend some of it."),
            "X-Sandbox",
            "output_tokens=5000");
    assertThat(chat.statusCode()).as(chat.body()).isEqualTo(200);
    HttpResponse<String> refused = refund(number(order), "", "k-spender");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("expected: at most 0.01");
    assertThat(refund(number(order), "0.01", "k-spender").statusCode()).isEqualTo(200);
    assertThat(client.balance(user.userId())).isPositive().isLessThan(new BigDecimal("0.01"));
  }

  @Test
  void twenty_refunds_at_once_give_back_no_more_than_was_paid() throws Exception {
    Cashier.Order order = paid("twenty", "10", "sandbox");
    long id = number(order);
    List<Callable<Integer>> calls =
        java.util.stream.IntStream.range(0, 20)
            .<Callable<Integer>>mapToObj(i -> () -> refund(id, "3", "t" + i).statusCode())
            .toList();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Integer> statuses = executor.invokeAll(calls).stream().map(Future::resultNow).toList();
      assertThat(Collections.frequency(statuses, 200)).isEqualTo(3);
      assertThat(Collections.frequency(statuses, 409)).isEqualTo(17);
    }
    assertThat(client.balance("twenty")).isEqualByComparingTo("1");
  }

  @Test
  void a_second_payment_is_listed_kept_apart_and_given_back() {
    Cashier.Order order = cashier.order("doubled", "6", "sandbox");
    assertThat(cashier.press(order, "twice").statusCode()).isEqualTo(200);
    cashier.awaitStatus(order, "success");
    long id = number(order);
    await("second payment").atMost(Duration.ofSeconds(20)).until(() -> payments(id).size() == 2);
    JsonNode second =
        payments(id)
            .valueStream()
            .filter(payment -> payment.required("role").asString().equals("second"))
            .findFirst()
            .orElseThrow();
    assertThat(get("/api/recharge-payments?apart=true").toString())
        .contains(second.required("payment_id").asString());
    JsonNode open = get("/api/recharge-cases?kind=second_payment&state=open").required("data");
    long number = open.get(0).required("id").asLong();
    assertThat(post("/api/recharge-cases/" + number + "/take", "{}").statusCode()).isEqualTo(200);
    HttpResponse<String> back =
        post(
            "/api/recharge-orders/" + id + "/refund",
            """
            {"payment_id":"%s","reason":"paid twice"}"""
                .formatted(second.required("payment_id").asString()),
            "Idempotency-Key",
            "second");
    assertThat(back.body()).contains("booked");
    assertThat(
            post(
                    "/api/recharge-cases/" + number + "/close",
                    """
                    {"action":"refunded","note":"given back"}""")
                .body())
        .contains("closed");
    assertThat(post("/api/recharge-cases/" + number + "/take", "{}").statusCode()).isEqualTo(409);
    assertThat(client.balance("doubled")).isEqualByComparingTo("6");
    assertThat(cashier.status(order.id())).isEqualTo("success");
  }

  @Test
  void a_refund_whose_answer_is_lost_is_finished_by_a_job_once() {
    Cashier.Order order = paid("lost", "5", "sandbox");
    cashier.control("{\"lose\":1}");
    JsonNode held = Client.json(refund(number(order), "2", "lost")).required("data");
    assertThat(held.required("state").asString()).isEqualTo("held");
    await("refunded")
        .atMost(Duration.ofSeconds(40))
        .until(
            () ->
                cashier
                        .show(order.id())
                        .required("refunded_amount")
                        .decimalValue()
                        .compareTo(new BigDecimal("2"))
                    == 0);
    assertThat(client.balance("lost")).isEqualByComparingTo("3");
  }

  @Test
  void a_payment_of_another_amount_is_kept_apart_and_opens_a_case() {
    Cashier.Order order = cashier.order("overpaid", "7", "sandbox");
    assertThat(cashier.press(order, "wrong").statusCode()).isEqualTo(200);
    long id = number(order);
    await("kept apart").atMost(Duration.ofSeconds(20)).until(() -> payments(id).size() == 1);
    assertThat(payments(id).get(0).required("role").asString()).isEqualTo("wrong_amount");
    assertThat(cashier.status(order.id())).isEqualTo("pending");
    assertThat(client.balance("overpaid")).isEqualByComparingTo("0");
    assertThat(get("/api/recharge-cases?kind=wrong_amount").toString()).contains("overpaid");
  }

  @Test
  void nobody_but_an_administrator_sees_or_does_any_of_it() {
    Cashier.Order order = cashier.order("closed", "1", "sandbox");
    String path = "/api/recharge-orders/" + number(order);
    assertThat(client.get(client.url(path), cashier.bearer()).statusCode()).isEqualTo(401);
    assertThat(
            cashier
                .post(client.url(path + "/refund"), "{\"reason\":\"x\"}", cashier.bearer())
                .statusCode())
        .isEqualTo(401);
    assertThat(post("/api/recharge-orders/0/refund", "{\"reason\":\"x\"}").statusCode())
        .isEqualTo(404);
    assertThat(post(path + "/refund", "{\"reason\":\"x\"}").statusCode()).isEqualTo(400);
  }

  private static Cashier.Order paid(String user, String amount, String method) {
    Cashier.Order order = cashier.order(user, amount, method);
    assertThat(cashier.press(order, "pay").statusCode()).isEqualTo(200);
    cashier.awaitStatus(order, "success");
    return order;
  }

  private static long number(Cashier.Order order) {
    return get("/api/recharge-orders?order_id=" + order.id())
        .required("data")
        .get(0)
        .required("id")
        .asLong();
  }

  private static JsonNode payments(long order) {
    return get("/api/recharge-orders/" + order).required("data").required("payments");
  }

  private static HttpResponse<String> refund(long order, String amount, String key) {
    String body =
        amount.isEmpty()
            ? "{\"reason\":\"asked for\"}"
            : "{\"reason\":\"asked for\",\"amount\":\"" + amount + "\"}";
    return post("/api/recharge-orders/" + order + "/refund", body, "Idempotency-Key", key);
  }

  private static JsonNode get(String path) {
    return Client.json(client.get(client.url(path), "Authorization", "Bearer " + admin));
  }

  private static HttpResponse<String> post(String path, String body, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Authorization";
    all[headers.length + 1] = "Bearer " + admin;
    URI url = client.url(path);
    return cashier.post(url, body, all);
  }
}
