package io.tollgate.sandbox.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Whatever cannot be read as an order is a try to place one, and in the witness. */
class RefusedTriesTest {
  @RegisterExtension static final ExchangeSite SITE = new ExchangeSite();

  private static final String ORDER = "/api/v3/order";

  private final ExchangeClient account = SITE.account();

  @Test
  void parameters_that_are_there_twice() {
    assertThat(
            account
                .raw("POST", ORDER, "symbol=BTCUSDT&symbol=ETHUSDT&newClientOrderId=given-twice")
                .body())
        .contains("-1101");
    assertRejected("given-twice");
  }

  @Test
  void a_body_of_more_than_64_kib() {
    String body = "newClientOrderId=in-the-body&symbol=" + "A".repeat(65 * 1024);
    assertThat(
            account
                .send(
                    HttpRequest.newBuilder(
                            URI.create(SITE.url() + ORDER + "?newClientOrderId=too-large"))
                        .header("X-MBX-APIKEY", account.apiKey())
                        .POST(BodyPublishers.ofString(body)))
                .statusCode())
        .isEqualTo(413);
    assertRejected("too-large");
  }

  @Test
  void a_fault_that_nobody_knows() {
    assertThat(
            account
                .signed(
                    "POST",
                    ORDER,
                    "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&newClientOrderId=odd-fault",
                    "X-Sandbox-Exchange",
                    "explode; ms=1")
                .statusCode())
        .isEqualTo(400);
    assertRejected("odd-fault");
  }

  @Test
  void a_key_that_is_there_twice() {
    assertThat(
            account
                .signed(
                    "POST",
                    ORDER,
                    "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&newClientOrderId=two-keys",
                    "X-MBX-APIKEY",
                    SITE.account().apiKey())
                .body())
        .contains("-1101");
    assertRejected("two-keys");
  }

  private void assertRejected(String ownId) {
    JsonNode seen =
        account
            .get("/sandbox/exchange/orders?client_order_id=" + ownId)
            .path("by_client_order_id")
            .path(ownId);
    assertThat(seen.path("received").asLong()).isEqualTo(1);
    assertThat(seen.path("rejected").asLong()).isEqualTo(1);
    assertThat(seen.path("accepted").asLong()).isZero();
  }
}
