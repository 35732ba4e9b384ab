package io.tollgate.tests.recharge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Client;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The program dies at each named step of a recharge: nothing is lost, nothing is done twice. */
@Tag("slow")
@Tag("cluster")
class RechargeCrashTest {
  private static DyingProgram program;
  private static Cashier cashier;

  @BeforeAll
  static void start() {
    program = new DyingProgram();
    cashier = program.cashier();
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  @AfterEach
  void the_books_are_clean() {
    program.assertCleanBooks();
  }

  @ParameterizedTest
  @ValueSource(strings = {"order-stored", "checkout-made"})
  void an_order_that_was_asked_for_is_made_once_when_the_program_dies_at(String step) {
    String user = "made-" + step;
    String body =
        """
        {"user_id":"%s","amount":"3","payment_method":"sandbox"}"""
            .formatted(user);
    program.dieAt(step, () -> cashier.ask(body, "Idempotency-Key", user));
    JsonNode made = Client.json(cashier.ask(body, "Idempotency-Key", user));
    JsonNode again = Client.json(cashier.ask(body, "Idempotency-Key", user));
    assertThat(again).isEqualTo(made);
    Cashier.Order order =
        new Cashier.Order(
            user,
            made.required("order_id").asString(),
            URI.create(made.required("payment_url").asString()));
    assertThat(cashier.press(order, "pay").statusCode()).isEqualTo(200);
    // the channel may know the address of the process that died: it is asked instead
    assertThat(
            program
                .asAdmin("/api/recharge-orders/" + program.number(order) + "/ask", "")
                .statusCode())
        .isEqualTo(200);
    assertThat(cashier.status(order.id())).isEqualTo("success");
    assertThat(cashier.client().balance(user)).isEqualByComparingTo("3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"notice-stored", "channel-said", "payment-booking", "payment-booked"})
  void a_payment_is_credited_once_when_the_program_dies_at(String step) {
    String user = "paid-" + step;
    Cashier.Order order = cashier.order(user, "4", "sandbox");
    program.dieAt(step, () -> cashier.press(order, "pay"));
    assertThat(
            program
                .database()
                .age(
                    "UPDATE billing.recharge_notice SET received_at = received_at - '1m'::interval"))
        .isPositive();
    program
        .database()
        .awaitNumber("SELECT count(*) FROM billing.recharge_notice WHERE settled_at IS NULL", 0);
    assertThat(cashier.status(order.id())).isEqualTo("success");
    assertThat(cashier.client().balance(user)).isEqualByComparingTo("4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"payment-booking", "payment-booked"})
  void a_callback_is_booked_once_when_the_program_dies_at(String step) {
    String user = "called-" + step;
    Cashier.Order order = cashier.order(user, "5", "sandbox");
    program.dieAt(step, () -> cashier.callback(order.id(), user, "5", "SUCCESS"));
    assertThat(cashier.callback(order.id(), user, "5", "SUCCESS").statusCode()).isEqualTo(200);
    assertThat(cashier.client().balance(user)).isEqualByComparingTo("5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"refund-held", "refund-asked", "refund-booking", "refund-booked"})
  void a_refund_is_given_back_once_when_the_program_dies_at(String step) {
    String user = "refunded-" + step;
    Cashier.Order order = cashier.order(user, "6", "sandbox");
    assertThat(cashier.press(order, "pay").statusCode()).isEqualTo(200);
    cashier.awaitStatus(order, "success");
    long id = program.number(order);
    program.dieAt(step, () -> refund(id, user));
    int _ =
        program
            .database()
            .age("UPDATE billing.recharge_refund SET next_try_at = next_try_at - '1m'::interval");
    program
        .database()
        .awaitNumber("SELECT count(*) FROM billing.recharge_refund WHERE state = 'held'", 0);
    assertThat(refund(id, user).statusCode()).isEqualTo(200);
    assertThat(cashier.show(order.id()).required("refunded_amount").decimalValue())
        .isEqualByComparingTo("2");
    assertThat(cashier.client().balance(user)).isEqualByComparingTo("4");
  }

  private static HttpResponse<String> refund(long order, String key) {
    return program.asAdmin(
        "/api/recharge-orders/" + order + "/refund",
        "{\"reason\":\"asked for\",\"amount\":\"2\"}",
        "Idempotency-Key",
        key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"renewal-booking", "renewal-booked"})
  void a_renewal_is_paid_once_when_the_program_dies_at(String step) {
    String user = "renewed-" + step;
    Cashier.Order order = cashier.order(user, "10", "sandbox");
    assertThat(cashier.callback(order.id(), user, "10", "SUCCESS").statusCode()).isEqualTo(200);
    long subscription = subscribe(user, step);
    program.dieOfItselfAt(step, () -> assertThat(dayPasses(subscription)).isEqualTo(1));
    program
        .database()
        .awaitNumber(
            "SELECT period_number FROM billing.subscription WHERE id = " + subscription, 2);
    assertThat(
            program
                .database()
                .number(
                    "SELECT count(*) FROM billing.subscription_step WHERE kind = 'renewed'"
                        + " AND subscription_id = "
                        + subscription))
        .isEqualTo(1);
    assertThat(cashier.client().balance(user)).isEqualByComparingTo("7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"payment-booking", "payment-booked"})
  void a_plan_that_is_paid_begins_once_when_the_program_dies_at(String step) {
    String user = "planned-" + step;
    long plan = plan("bought-" + step);
    JsonNode made =
        Client.json(
            cashier.ask(
                """
                {"user_id":"%s","plan_id":%d,"payment_method":"sandbox"}"""
                    .formatted(user, plan)));
    String order = made.required("order_id").asString();
    program.dieAt(step, () -> cashier.callback(order, user, "1.5", "SUCCESS"));
    assertThat(cashier.callback(order, user, "1.5", "SUCCESS").statusCode()).isEqualTo(200);
    JsonNode paid = cashier.show(order);
    assertThat(paid.required("status").asString()).isEqualTo("success");
    assertThat(paid.required("subscription_id").isNull()).isFalse();
    assertThat(
            program
                .database()
                .number("SELECT count(*) FROM billing.subscription WHERE plan_id = " + plan))
        .isEqualTo(1);
    assertThat(cashier.client().balance(user)).isEqualByComparingTo("0");
  }

  private static long plan(String code) {
    return Client.json(
            program.asAdmin(
                "/api/plans",
                """
                {"tenant_id":1,"code":"%s","name":"Daily","price":"1.5","period_unit":"day",
                "period_count":1,"tokens":1000}"""
                    .formatted(code)))
        .required("data")
        .required("id")
        .asLong();
  }

  private static long subscribe(String user, String code) {
    long plan = plan(code);
    JsonNode bought =
        Client.json(
            program.asAdmin(
                "/api/subscriptions",
                """
                {"tenant_id":1,"user_id":%d,"plan_id":%d,"idempotency_key":"%s"}"""
                    .formatted(
                        program
                            .database()
                            .number(
                                "SELECT id FROM identity.tenant_user WHERE external_id = '"
                                    + user
                                    + "'"),
                        plan,
                        code)));
    return bought.required("data").required("id").asLong();
  }

  private static int dayPasses(long subscription) {
    return program
        .database()
        .age(
            """
            UPDATE billing.subscription
               SET anchor_at = anchor_at - '1d'::interval,
                   period_starts_at = period_starts_at - '1d'::interval,
                   period_ends_at = period_ends_at - '1d'::interval,
                   window_ends_at = window_ends_at - '1d'::interval,
                   due_at = due_at - '1d'::interval
             WHERE id = """
                + subscription);
  }
}
