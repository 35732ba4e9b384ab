package io.tollgate.sandbox.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class SpotTradingTest {
  @RegisterExtension static final ExchangeSite SITE = new ExchangeSite();

  private static final String ORDER = "/api/v3/order";

  private ExchangeClient account = SITE.account();

  @BeforeEach
  void price() {
    account = SITE.account();
    price("50000");
  }

  @Test
  void a_market_order_buys_at_the_ask_and_pays_its_fee_in_the_coin() {
    JsonNode order = place("BUY", "MARKET", "quantity=0.5");
    assertThat(order.path("status").stringValue()).isEqualTo("FILLED");
    assertThat(order.path("cummulativeQuoteQty").stringValue()).isEqualTo("25000.00500000");
    assertThat(order.path("fills").path(0).path("price").stringValue()).isEqualTo("50000.01000000");
    assertThat(order.path("fills").path(0).path("commissionAsset").stringValue()).isEqualTo("BTC");
    assertThat(free("BTC")).isEqualTo("0.49950000");
    assertThat(free("USDT")).isEqualTo("74999.99500000");
  }

  @Test
  void each_million_of_an_order_costs_one_tick_more() {
    account = ExchangeClient.open(SITE.url(), 10_000_000);
    JsonNode order = place("BUY", "MARKET", "quantity=50");
    assertThat(order.path("fills")).hasSize(3);
    assertThat(order.path("fills").path(2).path("price").stringValue()).isEqualTo("50000.03000000");
  }

  @Test
  void a_market_order_spends_what_it_was_told_to() {
    JsonNode order = place("BUY", "MARKET", "quoteOrderQty=100");
    assertThat(order.path("executedQty").stringValue()).isEqualTo("0.00199000");
    assertThat(new BigDecimal(order.path("cummulativeQuoteQty").stringValue()))
        .isLessThanOrEqualTo(new BigDecimal(100));
  }

  @Test
  void a_limit_order_locks_what_it_may_cost_and_fills_when_touched() {
    JsonNode order = place("BUY", "LIMIT", "timeInForce=GTC&quantity=1&price=49000");
    assertThat(order.path("status").stringValue()).isEqualTo("NEW");
    assertThat(balance("USDT").path("locked").stringValue()).isEqualTo("49000.00000000");
    price("49000");
    assertThat(status(order)).isEqualTo("NEW");
    price("48999.99");
    JsonNode filled = query(order);
    assertThat(filled.path("status").stringValue()).isEqualTo("FILLED");
    assertThat(filled.path("cummulativeQuoteQty").stringValue()).isEqualTo("49000.00000000");
    assertThat(free("BTC")).isEqualTo("0.99900000");
    assertThat(balance("USDT").path("locked").stringValue()).isEqualTo("0.00000000");
    JsonNode trade = account.call("GET", "/api/v3/myTrades", "symbol=BTCUSDT").path(0);
    assertThat(trade.path("isMaker").booleanValue()).isTrue();
  }

  @Test
  void a_cancelled_order_gives_back_what_it_locked() {
    JsonNode order = place("BUY", "LIMIT", "timeInForce=GTC&quantity=1&price=49000");
    account.call("DELETE", ORDER, "symbol=BTCUSDT&orderId=" + order.path("orderId"));
    assertThat(status(order)).isEqualTo("CANCELED");
    assertThat(free("USDT")).isEqualTo("100000.00000000");
    assertThat(account.code("DELETE", ORDER, "symbol=BTCUSDT&orderId=" + order.path("orderId")))
        .isEqualTo(-2011);
  }

  @Test
  void what_cannot_be_filled_at_once_expires_when_it_was_told_to() {
    assertThat(
            place("BUY", "LIMIT", "timeInForce=IOC&quantity=0.1&price=49000")
                .path("status")
                .stringValue())
        .isEqualTo("EXPIRED");
    assertThat(
            place("BUY", "LIMIT", "timeInForce=FOK&quantity=0.1&price=49000")
                .path("status")
                .stringValue())
        .isEqualTo("EXPIRED");
    assertThat(place("BUY", "LIMIT", "timeInForce=FOK&quantity=0.1&price=51000").path("status"))
        .hasToString("\"FILLED\"");
    assertThat(free("USDT")).isEqualTo("94999.99900000");
  }

  @Test
  void a_maker_never_takes() {
    assertThat(code("BUY", "LIMIT_MAKER", "quantity=0.1&price=50000.01")).isEqualTo(-2010);
    place("BUY", "LIMIT_MAKER", "quantity=0.1&price=50000");
  }

  @Test
  void filters_and_funds_refuse_with_their_codes() {
    String limit = "timeInForce=GTC&";
    assertThat(code("BUY", "LIMIT", limit + "quantity=0.000001&price=50000")).isEqualTo(-1013);
    assertThat(code("BUY", "LIMIT", limit + "quantity=0.1&price=50000.001")).isEqualTo(-1013);
    assertThat(code("BUY", "LIMIT", limit + "quantity=0.00001&price=50000")).isEqualTo(-1013);
    assertThat(code("BUY", "LIMIT", limit + "quantity=0.1&price=300000")).isEqualTo(-1013);
    assertThat(code("BUY", "LIMIT", limit + "quantity=0.0000000001&price=50000")).isEqualTo(-1111);
    assertThat(code("BUY", "LIMIT", limit + "quantity=3&price=50000")).isEqualTo(-2010);
    assertThat(code("SELL", "MARKET", "quantity=0.1")).isEqualTo(-2010);
    assertThat(code("BUY", "STOP_MARKET", "quantity=0.1")).isEqualTo(-1116);
    assertThat(code("BUY", "MARKET", "quantity=0.1&newClientOrderId=a%20b")).isEqualTo(-1100);
    assertThat(free("USDT")).isEqualTo("100000.00000000");
  }

  @Test
  void an_own_id_is_unique_among_open_orders_only() {
    String resting = "timeInForce=GTC&quantity=0.1&price=49000&newClientOrderId=mine";
    JsonNode first = place("BUY", "LIMIT", resting);
    assertThat(code("BUY", "LIMIT", resting)).isEqualTo(-2010);
    account.call("DELETE", ORDER, "symbol=BTCUSDT&origClientOrderId=mine");
    JsonNode second = place("BUY", "LIMIT", resting);
    assertThat(second.path("orderId")).isNotEqualTo(first.path("orderId"));
    assertThat(account.call("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=mine").path("orderId"))
        .isEqualTo(second.path("orderId"));
  }

  private void price(String price) {
    account.steer("price", "{\"symbol\":\"BTCUSDT\",\"price\":" + price + "}");
  }

  private JsonNode place(String side, String type, String rest) {
    return account.call(
        "POST",
        ORDER,
        "symbol=BTCUSDT&newOrderRespType=FULL&side=" + side + "&type=" + type + "&" + rest);
  }

  private int code(String side, String type, String rest) {
    return account.code(
        "POST", ORDER, "symbol=BTCUSDT&side=" + side + "&type=" + type + "&" + rest);
  }

  private JsonNode query(JsonNode order) {
    return account.call("GET", ORDER, "symbol=BTCUSDT&orderId=" + order.path("orderId"));
  }

  private String status(JsonNode order) {
    return query(order).path("status").stringValue();
  }

  private String free(String coin) {
    return balance(coin).path("free").stringValue();
  }

  private JsonNode balance(String coin) {
    for (JsonNode balance : account.call("GET", "/api/v3/account", "").path("balances")) {
      if (balance.path("asset").stringValue().equals(coin)) {
        return balance;
      }
    }
    throw new AssertionError(coin);
  }
}
