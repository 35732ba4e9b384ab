package io.tollgate.sandbox.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Spot orders that rest until a price is reached. */
class SpotStopTest {
  @RegisterExtension static final ExchangeSite SITE = new ExchangeSite();

  private static final String ORDER = "/api/v3/order";

  private ExchangeClient account = SITE.account();

  @BeforeEach
  void bitcoin() {
    account = SITE.account();
    price("50000");
    place("BUY", "MARKET", "quantity=0.5");
  }

  @Test
  void a_stop_sells_at_the_market_once_the_price_has_fallen() {
    JsonNode order = place("SELL", "STOP_LOSS", "quantity=0.4&stopPrice=49000");
    assertThat(order.path("status").stringValue()).isEqualTo("NEW");
    price("49000.01");
    assertThat(query(order).path("isWorking").booleanValue()).isFalse();
    assertThat(query(order).path("stopPrice").stringValue()).isEqualTo("49000.00000000");
    price("48990");
    JsonNode sold = query(order);
    assertThat(sold.path("status").stringValue()).isEqualTo("FILLED");
    assertThat(sold.path("type").stringValue()).isEqualTo("STOP_LOSS");
    assertThat(sold.path("cummulativeQuoteQty").stringValue()).isEqualTo("19596.00000000");
    assertThat(sold.path("isWorking").booleanValue()).isTrue();
  }

  @Test
  void a_target_with_a_limit_locks_its_coins_and_does_not_sell_for_less() {
    JsonNode order =
        place(
            "SELL",
            "TAKE_PROFIT_LIMIT",
            "quantity=0.4&stopPrice=51000&price=51100&timeInForce=GTC");
    assertThat(bitcoin("locked")).isEqualTo("0.40000000");
    price("51050");
    assertThat(query(order).path("status").stringValue()).isEqualTo("NEW");
    assertThat(query(order).path("isWorking").booleanValue()).isTrue();
    price("51100");
    assertThat(query(order).path("cummulativeQuoteQty").stringValue()).isEqualTo("20440.00000000");
    assertThat(bitcoin("locked")).isEqualTo("0.00000000");
  }

  @Test
  void the_spot_markets_take_profit_has_no_limit_and_one_that_waits_can_be_taken_back() {
    JsonNode order = place("SELL", "TAKE_PROFIT", "quantity=0.4&stopPrice=51000");
    assertThat(query(order).path("type").stringValue()).isEqualTo("TAKE_PROFIT");
    JsonNode cancelled =
        account.call(
            "DELETE", ORDER, "symbol=BTCUSDT&orderId=" + order.path("orderId").longValue());
    assertThat(cancelled.path("status").stringValue()).isEqualTo("CANCELED");
    price("52000");
    assertThat(query(order).path("status").stringValue()).isEqualTo("CANCELED");
    assertThat(bitcoin("locked")).isEqualTo("0.00000000");
  }

  @Test
  void what_would_go_off_at_once_or_lacks_its_price_is_refused() {
    assertThat(code("SELL", "STOP_LOSS", "quantity=0.4&stopPrice=50001")).isEqualTo(-2010);
    assertThat(code("BUY", "STOP_LOSS", "quantity=0.4&stopPrice=49999")).isEqualTo(-2010);
    assertThat(code("SELL", "STOP_LOSS", "quantity=0.4")).isEqualTo(-1102);
    assertThat(code("SELL", "STOP_LOSS_LIMIT", "quantity=0.4&stopPrice=49000&timeInForce=GTC"))
        .isEqualTo(-1102);
    assertThat(code("SELL", "MARKET", "quantity=0.4&stopPrice=49000")).isEqualTo(-1106);
    assertThat(code("SELL", "STOP_LOSS", "quantity=0.6&stopPrice=49000")).isEqualTo(-2010);
    assertThat(code("SELL", "STOP_LOSS", "quantity=0.4&stopPrice=49000.001")).isEqualTo(-1013);
    assertThat(code("SELL", "SPOT_TAKE_PROFIT", "quantity=0.4&stopPrice=51000")).isEqualTo(-1116);
  }

  private static String parameters(String side, String type, String more) {
    return "symbol=BTCUSDT&side=" + side + "&type=" + type + "&" + more;
  }

  private JsonNode place(String side, String type, String more) {
    return account.call("POST", ORDER, parameters(side, type, more));
  }

  private int code(String side, String type, String more) {
    return account.code("POST", ORDER, parameters(side, type, more));
  }

  private JsonNode query(JsonNode order) {
    return account.call(
        "GET", ORDER, "symbol=BTCUSDT&orderId=" + order.path("orderId").longValue());
  }

  private String bitcoin(String part) {
    for (JsonNode one : account.call("GET", "/api/v3/account", "").path("balances")) {
      if (one.path("asset").asString("").equals("BTC")) {
        return one.path(part).asString("");
      }
    }
    return "";
  }

  private void price(String price) {
    account.steer("price", "{\"symbol\":\"BTCUSDT\",\"price\":" + price + "}");
  }
}
