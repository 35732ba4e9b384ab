package io.tollgate.tests.recharge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Installation;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The program dies at each named step of a recharge: nothing is lost, nothing is done twice. */
@Tag("slow")
@Tag("cluster")
class RechargeCrashTest {
  // one for each test: what another has left would reach its steps
  private final Installation installation = Installation.start();
  private final Cashier cashier = new Cashier(installation);

  @BeforeEach
  void it_is_started_again_to_die() {
    installation.killHard(true);
  }

  @AfterEach
  void close() {
    installation.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"order-stored", "checkout-made"})
  void an_order_that_was_asked_for_is_made_once_when_the_program_dies_at(String step) {
    String user = "made-" + step;
    String body =
        """
        {"user_id":"%s","amount":"3","payment_method":"sandbox"}"""
            .formatted(user);
    installation.startAgainToDieAt("billing-" + step);
    assertThat(quietly(() -> cashier.ask(body, "Idempotency-Key", user))).isEmpty();
    installation.awaitDeath(Duration.ofSeconds(30));
    installation.startAgain();
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
    String admin = cashier.client().adminToken();
    URI ask = cashier.client().url("/api/recharge-orders/" + number(order, admin) + "/ask");
    assertThat(cashier.post(ask, "", "Authorization", "Bearer " + admin).statusCode())
        .isEqualTo(200);
    assertThat(cashier.status(order.id())).isEqualTo("success");
    endsWell(user, "3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"notice-stored", "channel-said", "payment-booking", "payment-booked"})
  void a_payment_is_credited_once_when_the_program_dies_at(String step) {
    installation.startAgainToDieAt("billing-" + step);
    String user = "paid-" + step;
    Cashier.Order order = cashier.order(user, "4", "sandbox");
    Optional<HttpResponse<String>> _ = quietly(() -> cashier.press(order, "pay"));
    installation.awaitDeath(Duration.ofSeconds(30));
    installation.startAgain();
    await("credited")
        .atMost(Duration.ofSeconds(60))
        .until(() -> cashier.status(order.id()).equals("success"));
    endsWell(user, "4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"payment-booking", "payment-booked"})
  void a_callback_is_booked_once_when_the_program_dies_at(String step) {
    installation.startAgainToDieAt("billing-" + step);
    String user = "called-" + step;
    Cashier.Order order = cashier.order(user, "5", "sandbox");
    assertThat(quietly(() -> cashier.callback(order.id(), user, "5", "SUCCESS"))).isEmpty();
    installation.awaitDeath(Duration.ofSeconds(30));
    installation.startAgain();
    assertThat(cashier.callback(order.id(), user, "5", "SUCCESS").statusCode()).isEqualTo(200);
    endsWell(user, "5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"refund-held", "refund-asked", "refund-booking", "refund-booked"})
  void a_refund_is_given_back_once_when_the_program_dies_at(String step) {
    String user = "refunded-" + step;
    installation.startAgainToDieAt("billing-" + step);
    Cashier.Order order = cashier.order(user, "6", "sandbox");
    assertThat(cashier.press(order, "pay").statusCode()).isEqualTo(200);
    cashier.awaitStatus(order, "success");
    String admin = cashier.client().adminToken();
    long id = number(order, admin);
    assertThat(
            quietly(
                () ->
                    cashier.post(
                        cashier.client().url("/api/recharge-orders/" + id + "/refund"),
                        "{\"reason\":\"asked for\",\"amount\":\"2\"}",
                        "Idempotency-Key",
                        user,
                        "Authorization",
                        "Bearer " + admin)))
        .isEmpty();
    installation.awaitDeath(Duration.ofSeconds(30));
    installation.startAgain();
    await("refunded")
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                cashier.show(order.id()).required("refunded_amount").decimalValue().intValue()
                    == 2);
    endsWell(user, "4");
  }

  private long number(Cashier.Order order, String admin) {
    URI orders = cashier.client().url("/api/recharge-orders?order_id=" + order.id());
    return Client.json(cashier.client().get(orders, "Authorization", "Bearer " + admin))
        .required("data")
        .get(0)
        .required("id")
        .asLong();
  }

  private void endsWell(String user, String balance) {
    assertThat(cashier.client().balance(user)).isEqualByComparingTo(balance);
    JsonNode audit = cashier.client().audit(cashier.client().adminToken());
    assertThat(audit.required("clean").asBoolean()).as(audit.toString()).isTrue();
  }

  /** What is answered, if anything is: the program may be gone. */
  private static Optional<HttpResponse<String>> quietly(
      java.util.function.Supplier<HttpResponse<String>> call) {
    try {
      return Optional.of(call.get());
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
