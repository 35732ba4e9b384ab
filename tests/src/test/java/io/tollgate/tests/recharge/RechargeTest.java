package io.tollgate.tests.recharge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.OwnDatabase;
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
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Recharge orders over the wire, paid on the sandbox's page. */
@Tag("slow")
class RechargeTest {
  private static final Installation installation =
      Installation.start("--recharge-expiry-seconds=4");
  private static final Cashier cashier = new Cashier(installation);
  private static final OwnDatabase database = new OwnDatabase(installation);

  @AfterAll
  static void the_books_are_clean() {
    try (installation) {
      JsonNode audit = cashier.client().audit(cashier.client().adminToken());
      assertThat(audit.required("clean").asBoolean()).as(audit.toString()).isTrue();
    }
  }

  @Test
  void an_order_that_is_paid_on_the_page_credits_the_balance_once() {
    Cashier.Order order = cashier.order("page-payer", "10.50", "sandbox");
    assertThat(order.id()).matches("recharge_page-payer_[0-9]{10}");
    assertThat(cashier.show(order.id()).required("status").asString()).isEqualTo("pending");
    assertThat(cashier.client().get(order.page()).body()).contains("10.5 USD", "Pay twice");
    assertThat(cashier.press(order, "pay").statusCode()).isEqualTo(200);
    cashier.awaitStatus(order, "success");
    JsonNode paid = cashier.show(order.id());
    assertThat(paid.required("user_id").asString()).isEqualTo("page-payer");
    assertThat(paid.required("amount").decimalValue()).isEqualByComparingTo("10.5");
    assertThat(paid.required("refunded_amount").decimalValue()).isEqualByComparingTo("0");
    assertThat(paid.required("currency").asString()).isEqualTo("USD");
    assertThat(paid.required("payment_method").asString()).isEqualTo("sandbox");
    assertThat(paid.required("payment_order_id").asString()).startsWith("pay_");
    assertThat(cashier.client().balance("page-payer")).isEqualByComparingTo("10.5");
  }

  @Test
  void a_plan_that_is_paid_on_the_page_holds_on_the_relay_for_all_keys_until_it_ends() {
    String user = "planned";
    assertThat(cashier.client().balance(user)).isEqualByComparingTo("0");
    long number =
        database.number("SELECT id FROM identity.tenant_user WHERE external_id = 'planned'");
    String first = key(number, "first");
    String second = key(number, "second");
    assertThat(chat(first, "claude-sonnet-4-5")).as("of the free quota").isEqualTo(200);
    JsonNode plan =
        admin(
            "/api/plans",
            """
            {"tenant_id":1,"code":"wire","name":"Wire","price":"5","period_unit":"month",
            "period_count":1,"tokens":100000,"models":["gpt-4o-*"],"requests_per_minute":5}""");
    JsonNode made =
        Client.json(
            cashier.ask(
                """
                {"user_id":"planned","plan_id":%d,"payment_method":"stripe"}"""
                    .formatted(plan.required("id").asLong())));
    Cashier.Order order =
        new Cashier.Order(
            user,
            made.required("order_id").asString(),
            URI.create(made.required("payment_url").asString()));
    assertThat(cashier.press(order, "pay").statusCode()).isEqualTo(200);
    cashier.awaitStatus(order, "success");
    JsonNode paid = cashier.show(order.id());
    assertThat(paid.required("amount").decimalValue()).isEqualByComparingTo("5");
    assertThat(paid.required("plan_id")).isEqualTo(plan.required("id"));
    long subscription = paid.required("subscription_id").asLong();
    assertThat(cashier.client().balance(user)).isEqualByComparingTo("0");
    // gateways hear of it from the database
    await("narrowed").until(() -> chat(first, "claude-sonnet-4-5") == 403);
    await("narrowed").until(() -> chat(second, "claude-sonnet-4-5") == 403);
    assertThat(chat(first, "gpt-4o-mini")).isEqualTo(200);
    assertThat(chat(second, "gpt-4o-mini")).isEqualTo(200);
    assertThat(chat(second, "gpt-4o-mini")).isEqualTo(200);
    assertThat(chat(first, "gpt-4o-mini"))
        .as("five a minute for both keys, what was refused for its model among them")
        .isEqualTo(429);
    assertThat(chat(second, "gpt-4o-mini")).isEqualTo(429);
    JsonNode _ = admin("/api/subscriptions/" + subscription + "/off", "");
    await("ended").until(() -> chat(first, "claude-sonnet-4-5") == 200);
    assertThat(
            cashier
                .ask(
                    """
                    {"user_id":"planned","plan_id":999999,"payment_method":"stripe"}""")
                .statusCode())
        .isEqualTo(404);
  }

  private static String key(long user, String name) {
    return admin(
            "/api/api-keys",
            """
            {"tenant_id":1,"user_id":%d,"name":"%s"}"""
                .formatted(user, name))
        .required("secret")
        .asString();
  }

  private static int chat(String key, String model) {
    return cashier.client().postChat(key, Client.chat(model, 16, false, "hello")).statusCode();
  }

  private static JsonNode admin(String path, String body) {
    return Client.json(
            cashier.post(
                cashier.client().url(path),
                body,
                "Authorization",
                "Bearer " + cashier.client().adminToken()))
        .required("data");
  }

  @Test
  void orders_of_one_second_are_numbered() throws Exception {
    List<HttpResponse<String>> answers =
        atOnce(
            30,
            () ->
                cashier.ask(
                    """
                    {"userId":"many","amount":1,"paymentMethod":"SANDBOX","currency":"usd"}"""));
    assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
    assertThat(answers.stream().map(a -> Client.json(a).required("order_id").asString()))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("recharge_many_[0-9]{10}(_[0-9]+)?"));
  }

  @Test
  void one_key_makes_one_order_however_many_ask_at_once() throws Exception {
    String body =
        """
        {"user_id":"keyed","amount":"2.00","payment_method":"sandbox"}""";
    List<HttpResponse<String>> answers =
        atOnce(20, () -> cashier.ask(body, "Idempotency-Key", "once"));
    assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
    assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
    HttpResponse<String> other =
        cashier.ask(body.replace("2.00", "2.01"), "Idempotency-Key", "once");
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(other.body()).contains("IDEMPOTENCY_CONFLICT");
  }

  @Test
  void an_order_paid_twice_is_credited_once_and_the_second_payment_is_kept_apart() {
    Cashier.Order order = cashier.order("twice", "3", "sandbox");
    assertThat(cashier.press(order, "twice").statusCode()).isEqualTo(200);
    cashier.awaitStatus(order, "success");
    await("kept apart")
        .atMost(Duration.ofSeconds(20))
        .until(() -> suspense().contains("\"balance\":"));
    assertThat(cashier.client().balance("twice")).isEqualByComparingTo("3");
  }

  @Test
  void a_failed_order_becomes_a_success_when_a_payment_comes_all_the_same() {
    Cashier.Order order = cashier.order("failing", "4", "sandbox");
    assertThat(cashier.press(order, "fail").statusCode()).isEqualTo(200);
    cashier.awaitStatus(order, "failed");
    assertThat(cashier.callback(order.id(), "late-1", "4", "success").statusCode()).isEqualTo(200);
    assertThat(cashier.status(order.id())).isEqualTo("success");
    assertThat(cashier.client().balance("failing")).isEqualByComparingTo("4");
  }

  @Test
  void an_order_expires_and_a_payment_that_comes_later_is_credited_once() {
    Cashier.Order order = cashier.order("late", "5", "sandbox");
    assertThat(cashier.press(order, "late").statusCode()).isEqualTo(200);
    cashier.awaitStatus(order, "success");
    assertThat(cashier.client().balance("late")).isEqualByComparingTo("5");
    Cashier.Order unpaid = cashier.order("late", "6", "sandbox");
    cashier.awaitStatus(unpaid, "expired");
    assertThat(cashier.client().balance("late")).isEqualByComparingTo("5");
  }

  @Test
  void a_hundred_callbacks_of_one_payment_at_once_credit_it_once() throws Exception {
    Cashier.Order order = cashier.order("hundred", "7.25", "sandbox");
    List<HttpResponse<String>> answers =
        atOnce(100, () -> cashier.callback(order.id(), "one", "7.250", "SUCCESS"));
    assertThat(answers)
        .allMatch(answer -> answer.statusCode() == 200)
        .allMatch(answer -> answer.body().equals("{\"success\":true}"));
    assertThat(cashier.client().balance("hundred")).isEqualByComparingTo("7.25");
  }

  @Test
  void another_amount_is_refused_and_credits_nothing() {
    Cashier.Order order = cashier.order("wrong", "8", "sandbox");
    for (String amount : List.of("7.99", "8.01", "0", "-8", "80000000")) {
      assertThat(cashier.callback(order.id(), "w", amount, "SUCCESS").statusCode())
          .as(amount)
          .isEqualTo(409);
    }
    assertThat(cashier.callback(order.id(), "w", "1e99", "SUCCESS").statusCode()).isEqualTo(400);
    assertThat(cashier.client().balance("wrong")).isEqualByComparingTo("0");
    assertThat(cashier.callback("recharge_nobody_1", "w", "8", "SUCCESS").statusCode())
        .isEqualTo(404);
    assertThat(cashier.callback(order.id(), "w", "8", "PAID").statusCode()).isEqualTo(400);
    assertThat(cashier.callback(order.id(), "right", "8", "SUCCESS").statusCode()).isEqualTo(200);
    Cashier.Order other = cashier.order("wrong", "8", "sandbox");
    assertThat(cashier.callback(other.id(), "right", "8", "SUCCESS").statusCode()).isEqualTo(409);
    assertThat(cashier.client().balance("wrong")).isEqualByComparingTo("8");
  }

  @Test
  void callbacks_are_read_in_both_spellings_and_under_both_names() {
    Cashier.Order order = cashier.order("spelled", "1.5", "sandbox");
    String body =
        """
        {"rechargeOrderId":"%s","paymentId":"p","amount":"1.50","status":"Success"}"""
            .formatted(order.id());
    assertThat(cashier.callbackAt(cashier.demo().privateUrl(), body).statusCode()).isEqualTo(200);
    String differing = body.replace("{", "{\"order_id\":\"another\",");
    assertThat(cashier.callbackAt(cashier.demo().privateUrl(), differing).statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "2.5"     | 0          | 400 | INVALID_REQUEST
          "2.5"     | -1         | 400 | INVALID_REQUEST
          "2.5"     | "0.001"    | 400 | INVALID_REQUEST
          "2.5"     | 1e-12      | 400 | INVALID_REQUEST
          "2.5"     | 9223372036854775808 | 400 | INVALID_REQUEST
          "2.5"     | "NaN"      | 400 | INVALID_REQUEST
          "2.5"     | 1e300      | 400 | INVALID_REQUEST
          "sandbox" | "cash"     | 400 | INVALID_REQUEST
          "USD"     | "EUR"      | 400 | CURRENCY_MISMATCH
          "bad"     | "a b"      | 400 | INVALID_REQUEST
          "bad"     | "bad","userId":"worse" | 400 | INVALID_REQUEST
          """)
  void what_is_wrong_with_an_order_is_said(String good, String bad, int status, String code) {
    String body =
        """
        {"user_id":"bad","amount":"2.5","payment_method":"sandbox","currency":"USD"}""";
    HttpResponse<String> answer = cashier.ask(body.replace(good, bad));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(code);
  }

  @Test
  void a_users_token_reaches_their_own_orders_only() {
    Demo.User user = cashier.demo().user(1);
    String[] own = {"Authorization", "Bearer " + user.apiKey()};
    String body =
        """
        {"user_id":"%s","amount":1,"payment_method":"sandbox"}""";
    var url = cashier.client().url("/api/v1/billing/recharge");
    HttpResponse<String> mine = cashier.post(url, body.formatted(user.userId()), own);
    assertThat(mine.statusCode()).isEqualTo(200);
    assertThat(cashier.post(url, body.formatted("other"), own).statusCode()).isEqualTo(403);
    assertThat(cashier.post(url, body.formatted("other")).statusCode()).isEqualTo(401);
    String id = Client.json(mine).required("order_id").asString();
    Cashier.Order others = cashier.order("other", "1", "sandbox");
    var client = cashier.client();
    assertThat(client.get(client.url("/api/v1/billing/recharge/" + id), own).statusCode())
        .isEqualTo(200);
    assertThat(client.get(client.url("/api/v1/billing/recharge/" + others.id()), own).statusCode())
        .isEqualTo(403);
    assertThat(client.get(client.url("/api/v1/billing/recharge/none"), own).statusCode())
        .isEqualTo(404);
  }

  @Test
  void a_forged_notification_is_refused_and_a_lost_answer_of_the_channel_loses_nothing() {
    Cashier.Order order = cashier.order("forged", "9", "sandbox");
    HttpResponse<String> forged =
        cashier.post(
            cashier.client().url("/api/v1/billing/notify/sandbox"),
            """
            {"event":"e","type":"payment.paid","order":"x","payment":"p","amount":"9","currency":"USD"}""",
            "X-Pay-Time",
            "1",
            "X-Pay-Signature",
            "00");
    assertThat(forged.statusCode()).isEqualTo(400);
    assertThat(cashier.status(order.id())).isEqualTo("pending");
  }

  private static String suspense() {
    return cashier
        .client()
        .get(
            cashier.client().url("/api/ledger/accounts?kind=suspense"),
            "Authorization",
            "Bearer " + cashier.client().adminToken())
        .body();
  }

  private static List<HttpResponse<String>> atOnce(int callers, Callable<HttpResponse<String>> call)
      throws InterruptedException {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      return executor.invokeAll(Collections.nCopies(callers, call)).stream()
          .map(Future::resultNow)
          .toList();
    }
  }
}
