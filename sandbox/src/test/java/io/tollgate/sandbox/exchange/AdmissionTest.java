package io.tollgate.sandbox.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  @RegisterExtension static final ExchangeSite SITE = new ExchangeSite();

  private static final String ACCOUNT = "/fapi/v3/account";
  private static final String ORDER = "/fapi/v1/order";

  private final ExchangeClient account = SITE.account();

  @Test
  void a_key_of_the_wrong_form_and_one_that_nobody_has() {
    ExchangeClient shapeless = new ExchangeClient(SITE.url(), "x y", "secret");
    assertThat(shapeless.signed("GET", ACCOUNT, "").statusCode()).isEqualTo(401);
    assertThat(shapeless.code("GET", ACCOUNT, "")).isEqualTo(-2014);
    ExchangeClient unknown = new ExchangeClient(SITE.url(), "unknownunknown", "secret");
    assertThat(unknown.signed("GET", ACCOUNT, "").statusCode()).isEqualTo(401);
    assertThat(unknown.code("GET", ACCOUNT, "")).isEqualTo(-2015);
  }

  @Test
  void a_signature_by_another_secret_or_over_other_bytes() {
    ExchangeClient other = new ExchangeClient(SITE.url(), account.apiKey(), "another");
    assertThat(other.signed("GET", ACCOUNT, "").statusCode()).isEqualTo(400);
    assertThat(other.code("GET", ACCOUNT, "")).isEqualTo(-1022);
    String query = "recvWindow=5000&timestamp=" + System.currentTimeMillis();
    String signature = account.sign(query);
    assertThat(account.raw("GET", ACCOUNT, query + "&signature=" + signature).statusCode())
        .isEqualTo(200);
    assertThat(
            account
                .raw("GET", ACCOUNT, query + "&signature=" + signature.toUpperCase(Locale.ROOT))
                .statusCode())
        .isEqualTo(200);
    assertThat(
            account
                .raw("GET", ACCOUNT, query.replace("5000", "5001") + "&signature=" + signature)
                .body())
        .contains("-1022");
    assertThat(account.raw("GET", ACCOUNT, query).body()).contains("-1102");
  }

  @Test
  void query_and_body_are_signed_one_after_the_other() {
    String query = "symbol=BTCUSDT&side=BUY&type=MARKET";
    String body = "quantity=0.01&timestamp=" + System.currentTimeMillis();
    HttpResponse<String> answer =
        account.send(
            HttpRequest.newBuilder(
                    URI.create(
                        SITE.url()
                            + ORDER
                            + "?"
                            + query
                            + "&signature="
                            + account.sign(query + body)))
                .header("X-MBX-APIKEY", account.apiKey())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void a_request_from_the_past_or_the_future_is_refused() {
    long now = System.currentTimeMillis();
    for (long time : new long[] {now - 20_000, now + 20_000}) {
      String query = "timestamp=" + time;
      assertThat(account.raw("GET", ACCOUNT, query + "&signature=" + account.sign(query)).body())
          .contains("-1021");
    }
    assertThat(account.code("GET", ACCOUNT, "recvWindow=60001")).isEqualTo(-1131);
  }

  @Test
  void used_weight_and_orders_are_in_the_headers() {
    HttpResponse<String> answer =
        account.signed("POST", ORDER, "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01");
    assertThat(answer.headers().firstValue("X-MBX-ORDER-COUNT-10S")).hasValue("1");
    assertThat(answer.headers().firstValue("X-MBX-ORDER-COUNT-1M")).hasValue("1");
    assertThat(answer.headers().firstValue("X-MBX-USED-WEIGHT-1M")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quantity=NaN",
        "quantity=1e30",
        "quantity=-1",
        "quantity=Infinity",
        "quantity=",
        "quantity=0x10",
        "quantity=1&price=-5&type=LIMIT&timeInForce=GTC",
        "quantity=99999999999999999999",
        "quantity=1&quantity=2",
        "quantity=1&newClientOrderId=%00",
        "quantity=1&newClientOrderId=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "quantity=1&positionSide=UP",
        "quantity=1&timestamp=abc"
      })
  void absurd_orders_are_refused_and_change_nothing(String rest) {
    String type = rest.contains("type=") ? "" : "&type=MARKET";
    String query = "symbol=BTCUSDT&side=BUY" + type + "&" + rest;
    if (!rest.contains("timestamp")) {
      query += "&timestamp=" + System.currentTimeMillis();
    }
    HttpResponse<String> answer =
        account.send(
            HttpRequest.newBuilder(
                    URI.create(
                        SITE.url() + ORDER + "?" + query + "&signature=" + account.sign(query)))
                .header("X-MBX-APIKEY", account.apiKey())
                .POST(HttpRequest.BodyPublishers.noBody()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(ExchangeClient.read(answer).path("code").intValue()).isNegative();
    assertThat(account.call("GET", "/fapi/v3/positionRisk", "")).isEmpty();
  }

  @Test
  void a_body_without_end_is_refused_without_being_kept() {
    HttpResponse<String> answer =
        account.send(
            HttpRequest.newBuilder(URI.create(SITE.url() + ORDER))
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[10 * 1024 * 1024])));
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void steering_out_of_bounds_is_refused() {
    for (String body :
        new String[] {
          "{\"symbol\":\"BTCUSDT\",\"price\":-1}",
          "{\"symbol\":\"BTCUSDT\",\"price\":1e300}",
          "{\"symbol\":\"BTCUSDT\",\"price\":\"NaN\"}",
          "{\"symbol\":\"NONE\",\"price\":1}",
          "{\"symbol\":\"BTCUSDT\",\"path\":[]}",
          "{\"symbol\":\"BTCUSDT\",\"path\":[[1]]}",
          "[]",
          "{"
        }) {
      assertThat(steered("price", body)).as(body).isEqualTo(400);
    }
    assertThat(steered("clock", "{\"now\":-5}")).isEqualTo(400);
    assertThat(steered("clock", "{\"speed\":1e9}")).isEqualTo(400);
    assertThat(steered("funding", "{\"symbol\":\"BTCUSDT\",\"rate\":2}")).isEqualTo(400);
    assertThat(steered("accounts", "{\"count\":1000000}")).isEqualTo(400);
    assertThat(steered("accounts", "{\"usdt\":-1}")).isEqualTo(400);
    assertThat(steered("faults", "{\"action\":\"reject\",\"probability\":2}")).isEqualTo(400);
    assertThat(steered("faults", "{\"action\":\"reject\",\"match\":{\"x\":1}}")).isEqualTo(400);
  }

  private int steered(String what, String body) {
    return account
        .send(
            HttpRequest.newBuilder(URI.create(SITE.url() + "/sandbox/exchange/" + what))
                .POST(HttpRequest.BodyPublishers.ofString(body)))
        .statusCode();
  }
}
