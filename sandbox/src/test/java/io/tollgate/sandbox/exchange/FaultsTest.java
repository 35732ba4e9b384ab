package io.tollgate.sandbox.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FaultsTest {
  @RegisterExtension static final ExchangeSite SITE = new ExchangeSite();

  private static final String HEADER = "X-Sandbox-Exchange";
  private static final String ORDER = "/fapi/v1/order";
  private static final String MARKET =
      "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&newOrderRespType=RESULT&newClientOrderId=";
  private static final String LIMIT =
      "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=49000"
          + "&newClientOrderId=";

  private ExchangeClient account = SITE.account();

  @BeforeEach
  void open() {
    account = SITE.account();
    account.steer("price", "{\"symbol\":\"BTCUSDT\",\"price\":50000}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"accept_then_drop", "accept_then_timeout; hold_ms=20"})
  void what_was_accepted_without_an_answer_is_booked(String fault) {
    assertThatThrownBy(() -> place("lost-" + account.apiKey(), fault))
        .isInstanceOf(UncheckedIOException.class);
    JsonNode seen = witnessed("lost-" + account.apiKey());
    assertThat(seen.path("accepted").intValue()).isEqualTo(1);
    assertThat(seen.path("status").stringValue()).isEqualTo("FILLED");
    assertThat(seen.path("account").stringValue()).isEqualTo(account.apiKey());
  }

  @Test
  void an_error_of_the_server_after_acceptance_says_unknown() {
    HttpResponse<String> answer = place("unknown", "accept_then_5xx");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("Unknown error");
    assertThat(witnessed("unknown").path("accepted").intValue()).isEqualTo(1);
  }

  @Test
  void what_failed_before_is_not_booked() {
    HttpResponse<String> answer = place("before", "fail_5xx_before");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("Service Unavailable.");
    assertThatThrownBy(() -> place("before", "drop_before"))
        .isInstanceOf(UncheckedIOException.class);
    JsonNode seen = witnessed("before");
    assertThat(seen.path("received").intValue()).isEqualTo(2);
    assertThat(seen.path("accepted").intValue()).isZero();
    assertThat(seen.path("rejected").intValue()).isZero();
    assertThat(account.code("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=before"))
        .isEqualTo(-2013);
  }

  @Test
  void limits_and_bans_say_when_to_come_again() {
    HttpResponse<String> limited = place("limited", "rate_limit; retry_after=7");
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue("Retry-After")).hasValue("7");
    assertThat(place("limited", "ban; retry_after=9").statusCode()).isEqualTo(418);
    assertThat(witnessed("limited").path("rejected").intValue()).isEqualTo(2);
  }

  @Test
  void a_clock_that_is_off_refuses_and_a_rejection_has_its_code() {
    assertThat(code("skewed", "clock_skew; ms=60000")).isEqualTo(-1021);
    assertThat(code("skewed", "clock_skew; ms=-60000")).isEqualTo(-1021);
    assertThat(code("skewed", "reject; code=-2019")).isEqualTo(-2019);
    long skewed =
        account
            .call("GET", "/fapi/v1/time", "", HEADER, "clock_skew; ms=60000")
            .path("serverTime")
            .longValue();
    assertThat(skewed).isGreaterThan(System.currentTimeMillis() + 50_000);
  }

  @Test
  void part_of_an_order_is_filled_and_the_rest_does_as_it_was_told() {
    JsonNode rests = ok("rests", "partial; fraction=0.3; then=rest");
    assertThat(rests.path("status").stringValue()).isEqualTo("PARTIALLY_FILLED");
    assertThat(rests.path("executedQty").stringValue()).isEqualTo("0.003");
    account.call("DELETE", ORDER, "symbol=BTCUSDT&origClientOrderId=rests");
    JsonNode ends = ok("ends", "partial; fraction=0.3; then=cancel");
    assertThat(ends.path("status").stringValue()).isEqualTo("CANCELED");
    JsonNode later = ok("later", "partial; fraction=0.5; then=fill_after_ms; ms=20");
    assertThat(later.path("status").stringValue()).isEqualTo("PARTIALLY_FILLED");
    await()
        .until(
            () ->
                account
                    .call("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=later")
                    .path("status")
                    .stringValue()
                    .equals("FILLED"));
    assertThat(
            account
                .call("GET", "/fapi/v3/positionRisk", "symbol=BTCUSDT")
                .path(0)
                .path("positionAmt")
                .stringValue())
        .isEqualTo("0.016");
  }

  @Test
  void an_accepted_order_is_not_found_for_a_while() {
    ok("stale", "stale_query; ms=150");
    String query = "symbol=BTCUSDT&origClientOrderId=stale";
    assertThat(account.code("GET", ORDER, query)).isEqualTo(-2013);
    await().until(() -> account.signed("GET", ORDER, query).statusCode() == 200);
  }

  @Test
  void an_order_fills_as_it_is_cancelled() {
    account.call("POST", ORDER, LIMIT + "late", HEADER, "late_fill");
    String query = "symbol=BTCUSDT&origClientOrderId=late";
    assertThat(account.code("DELETE", ORDER, query)).isEqualTo(-2011);
    assertThat(account.call("GET", ORDER, query).path("status").stringValue()).isEqualTo("FILLED");
    account.call("POST", ORDER, LIMIT + "late2");
    String second = "symbol=BTCUSDT&origClientOrderId=late2";
    assertThat(account.code("DELETE", ORDER, second, HEADER, "late_fill")).isEqualTo(-2011);
    assertThat(account.call("GET", ORDER, second).path("executedQty").stringValue())
        .isEqualTo("0.010");
  }

  @Test
  void a_rule_hits_the_nth_call_that_matches_and_no_other() {
    account.steer(
        "faults",
        "{\"match\":{\"method\":\"POST\",\"path\":\"/fapi/v1/order\",\"symbol\":\"BTCUSDT\","
            + "\"client_order_id_prefix\":\"nth-\",\"api_key\":\""
            + account.apiKey()
            + "\",\"nth\":2},\"action\":\"reject\",\"code\":-1001}");
    assertThat(account.signed("POST", ORDER, MARKET + "nth-1").statusCode()).isEqualTo(200);
    assertThat(account.signed("POST", ORDER, MARKET + "other").statusCode()).isEqualTo(200);
    assertThat(account.code("POST", ORDER, MARKET + "nth-2")).isEqualTo(-1001);
    assertThat(account.signed("POST", ORDER, MARKET + "nth-3").statusCode()).isEqualTo(200);
  }

  @Test
  void a_rule_by_chance_is_the_same_for_a_seed_until_it_is_cleared() {
    String rule =
        "{\"match\":{\"client_order_id_prefix\":\"chance-\"},\"action\":\"fail_5xx_before\","
            + "\"probability\":0.5,\"seed\":11}";
    account.steer("faults", rule);
    String first = tenOrders();
    clear();
    assertThat(tenOrders()).isEqualTo("..........");
    account.steer("faults", rule);
    assertThat(tenOrders()).isEqualTo(first).contains("x").contains(".");
    clear();
  }

  @Test
  void a_fault_that_nobody_knows_is_refused_with_those_that_there_are() {
    HttpResponse<String> answer = place("nonsense", "nonsense");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("accept_then_timeout");
    assertThat(place("nonsense", "partial; fraction=7").statusCode()).isEqualTo(400);
    assertThat(witnessed("nonsense").path("rejected").asInt()).isEqualTo(2);
    assertThat(witnessed("nonsense").path("accepted").asInt()).isZero();
  }

  private String tenOrders() {
    StringBuilder results = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      results.append(
          account.signed("POST", ORDER, MARKET + "chance-" + i).statusCode() == 200 ? '.' : 'x');
    }
    return results.toString();
  }

  private void clear() {
    account.send(
        HttpRequest.newBuilder(URI.create(SITE.url() + "/sandbox/exchange/faults")).DELETE());
  }

  private HttpResponse<String> place(String id, String fault) {
    return account.signed(
        "POST", ORDER, MARKET + id.substring(0, Math.min(36, id.length())), HEADER, fault);
  }

  private JsonNode ok(String id, String fault) {
    HttpResponse<String> answer = place(id, fault);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ExchangeClient.read(answer);
  }

  private int code(String id, String fault) {
    return account.code("POST", ORDER, MARKET + id, HEADER, fault);
  }

  private JsonNode witnessed(String id) {
    String shown = id.substring(0, Math.min(36, id.length()));
    return account
        .get("/sandbox/exchange/orders?client_order_id=" + shown)
        .path("by_client_order_id")
        .path(shown);
  }
}
