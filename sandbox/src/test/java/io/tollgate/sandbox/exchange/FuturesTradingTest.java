package io.tollgate.sandbox.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class FuturesTradingTest {
  @RegisterExtension static final ExchangeSite SITE = new ExchangeSite();

  private static final String ORDER = "/fapi/v1/order";

  private ExchangeClient account = SITE.account();

  @BeforeEach
  void price() {
    account = SITE.account();
    price("50000");
  }

  @Test
  void a_round_trip_costs_the_spread_and_two_fees() {
    place("BUY", "MARKET", "quantity=1");
    JsonNode position = position();
    assertThat(position.path("positionAmt").stringValue()).isEqualTo("1.000");
    assertThat(position.path("entryPrice").stringValue()).isEqualTo("50000.1");
    price("50100");
    assertThat(position().path("unRealizedProfit").stringValue()).isEqualTo("99.90000000");
    place("SELL", "MARKET", "quantity=1&reduceOnly=true");
    assertThat(position().isMissingNode()).isTrue();
    assertThat(wallet()).isEqualTo("100059.85996000");
    assertThat(sumOfIncome()).isEqualByComparingTo(new BigDecimal(wallet()));
  }

  @Test
  void one_order_turns_a_position_around() {
    place("BUY", "MARKET", "quantity=1");
    place("SELL", "MARKET", "quantity=1.5");
    assertThat(position().path("positionAmt").stringValue()).isEqualTo("-0.500");
    assertThat(position().path("entryPrice").stringValue()).isEqualTo("50000");
  }

  @Test
  void hedge_mode_has_two_positions_and_its_own_rules() {
    account.call("POST", "/fapi/v1/positionSide/dual", "dualSidePosition=true");
    assertThat(account.code("POST", "/fapi/v1/positionSide/dual", "dualSidePosition=true"))
        .isEqualTo(-4059);
    assertThat(code("BUY", "MARKET", "quantity=1")).isEqualTo(-4061);
    place("BUY", "MARKET", "quantity=1&positionSide=LONG");
    place("SELL", "MARKET", "quantity=0.4&positionSide=SHORT");
    assertThat(account.call("GET", "/fapi/v3/positionRisk", "")).hasSize(2);
    assertThat(code("SELL", "MARKET", "quantity=1&positionSide=LONG&reduceOnly=true"))
        .isEqualTo(-1106);
    assertThat(code("SELL", "MARKET", "quantity=2&positionSide=LONG")).isEqualTo(-2022);
    place("SELL", "MARKET", "quantity=1&positionSide=LONG");
    assertThat(account.call("GET", "/fapi/v3/positionRisk", "")).hasSize(1);
    assertThat(account.code("POST", "/fapi/v1/positionSide/dual", "dualSidePosition=false"))
        .isEqualTo(-4068);
  }

  @Test
  void refusals_have_their_codes() {
    String limit = "timeInForce=GTC&";
    assertThat(code("BUY", "LIMIT", limit + "quantity=0.0001&price=50000")).isEqualTo(-1111);
    assertThat(code("BUY", "LIMIT", limit + "quantity=0.1&price=50000.05")).isEqualTo(-1111);
    assertThat(code("BUY", "LIMIT", limit + "quantity=0&price=50000")).isEqualTo(-4003);
    assertThat(code("BUY", "MARKET", "quantity=121")).isEqualTo(-4005);
    assertThat(code("BUY", "MARKET", "quantity=0.0009")).isEqualTo(-1111);
    assertThat(code("BUY", "LIMIT", limit + "quantity=0.001&price=40000")).isEqualTo(-4164);
    assertThat(code("BUY", "LIMIT", limit + "quantity=1&price=60000")).isEqualTo(-4016);
    assertThat(code("SELL", "LIMIT", limit + "quantity=1&price=40000")).isEqualTo(-4024);
    assertThat(code("BUY", "MARKET", "quantity=50")).isEqualTo(-2019);
    assertThat(code("SELL", "MARKET", "quantity=1&reduceOnly=true")).isEqualTo(-2022);
    assertThat(code("BUY", "LIMIT", "timeInForce=GTX&quantity=1&price=50001")).isEqualTo(-5022);
    assertThat(code("BUY", "LIMIT", "timeInForce=FOK&quantity=1&price=49000")).isEqualTo(-5021);
    assertThat(code("SELL", "STOP_MARKET", "quantity=1")).isEqualTo(-4120);
    place("BUY", "LIMIT", limit + "quantity=0.1&price=49000&newClientOrderId=own");
    assertThat(code("BUY", "LIMIT", limit + "quantity=0.1&price=49000&newClientOrderId=own"))
        .isEqualTo(-4116);
    assertThat(account.code("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=none"))
        .isEqualTo(-2013);
    assertThat(account.code("DELETE", ORDER, "symbol=BTCUSDT&origClientOrderId=none"))
        .isEqualTo(-2011);
    assertThat(account.code("GET", ORDER, "symbol=NONEUSDT&orderId=1")).isEqualTo(-1121);
  }

  @Test
  void leverage_and_margin_mode_are_as_they_were_set() {
    account.call("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=50");
    account.call("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED");
    assertThat(account.code("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED"))
        .isEqualTo(-4046);
    assertThat(account.code("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=126"))
        .isEqualTo(-4028);
    place("BUY", "MARKET", "quantity=1");
    assertThat(position().path("isolatedWallet").stringValue()).isEqualTo("1000.00200000");
    assertThat(account.code("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=CROSSED"))
        .isEqualTo(-4048);
  }

  @Test
  void a_stop_becomes_an_order_when_its_price_comes() {
    place("BUY", "MARKET", "quantity=1");
    String stop =
        "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&closePosition=true&";
    assertThat(account.code("POST", "/fapi/v1/algoOrder", stop + "triggerPrice=50000"))
        .isEqualTo(-2021);
    account.call("POST", "/fapi/v1/algoOrder", stop + "triggerPrice=49000&clientAlgoId=stop");
    assertThat(account.call("GET", "/fapi/v1/openAlgoOrders", "symbol=BTCUSDT")).hasSize(1);
    price("49000.1");
    assertThat(position().isMissingNode()).isFalse();
    price("49000");
    assertThat(position().isMissingNode()).isTrue();
    JsonNode order = account.call("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=stop");
    assertThat(order.path("avgPrice").stringValue()).isEqualTo("49000");
    assertThat(
            account
                .call("GET", "/fapi/v1/algoOrder", "clientAlgoId=stop")
                .path("algoStatus")
                .stringValue())
        .isEqualTo("FINISHED");
  }

  @Test
  void a_target_and_its_cancel() {
    place("SELL", "MARKET", "quantity=1");
    String target =
        "algoType=CONDITIONAL&symbol=BTCUSDT&side=BUY&type=TAKE_PROFIT_MARKET&reduceOnly=true"
            + "&quantity=0.5&triggerPrice=48000&clientAlgoId=";
    account.call("POST", "/fapi/v1/algoOrder", target + "one");
    account.call("POST", "/fapi/v1/algoOrder", target + "two");
    account.call("DELETE", "/fapi/v1/algoOrder", "clientAlgoId=two");
    assertThat(account.code("DELETE", "/fapi/v1/algoOrder", "clientAlgoId=two")).isEqualTo(-2011);
    price("47990");
    assertThat(position().path("positionAmt").stringValue()).isEqualTo("-0.500");
  }

  @Test
  void funding_is_paid_by_longs_to_shorts() {
    place("BUY", "MARKET", "quantity=1");
    account.steer("funding", "{\"symbol\":\"BTCUSDT\",\"rate\":0.0002}");
    JsonNode income = account.call("GET", "/fapi/v1/income", "incomeType=FUNDING_FEE").path(0);
    assertThat(income.path("income").stringValue()).isEqualTo("-10.00000000");
    assertThat(sumOfIncome()).isEqualByComparingTo(new BigDecimal(wallet()));
  }

  @Test
  void an_isolated_position_is_liquidated_at_the_mark_and_loses_its_margin_alone() {
    account.call("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED");
    place("BUY", "MARKET", "quantity=1");
    BigDecimal liquidation = new BigDecimal(position().path("liquidationPrice").stringValue());
    assertThat(liquidation).isBetween(new BigDecimal(47690), new BigDecimal(47692));
    price("47700");
    assertThat(position().isMissingNode()).isFalse();
    price("40000");
    assertThat(position().isMissingNode()).isTrue();
    // 20.00004 for the entry, and the margin of 2500.005: nothing more
    assertThat(wallet()).isEqualTo("97479.99496000");
    JsonNode orders = account.call("GET", "/fapi/v1/allOrders", "symbol=BTCUSDT");
    assertThat(orders.path(1).path("clientOrderId").stringValue()).startsWith("autoclose-");
    assertThat(sumOfIncome()).isEqualByComparingTo(new BigDecimal(wallet()));
  }

  @Test
  void an_account_with_shared_margin_ends_at_nothing_and_never_below() {
    place("BUY", "MARKET", "quantity=39");
    price("40000");
    assertThat(position().isMissingNode()).isTrue();
    assertThat(wallet()).isEqualTo("0.00000000");
    assertThat(sumOfIncome()).isEqualByComparingTo(new BigDecimal(wallet()));
  }

  private void price(String price) {
    account.steer("price", "{\"symbol\":\"BTCUSDT\",\"price\":" + price + "}");
  }

  private JsonNode place(String side, String type, String rest) {
    return account.call(
        "POST",
        ORDER,
        "symbol=BTCUSDT&newOrderRespType=RESULT&side=" + side + "&type=" + type + "&" + rest);
  }

  private int code(String side, String type, String rest) {
    return account.code(
        "POST", ORDER, "symbol=BTCUSDT&side=" + side + "&type=" + type + "&" + rest);
  }

  private JsonNode position() {
    return account.call("GET", "/fapi/v3/positionRisk", "symbol=BTCUSDT").path(0);
  }

  private String wallet() {
    return account.call("GET", "/fapi/v3/account", "").path("totalWalletBalance").stringValue();
  }

  private BigDecimal sumOfIncome() {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode one : account.call("GET", "/fapi/v1/income", "limit=1000")) {
      sum = sum.add(new BigDecimal(one.path("income").stringValue()));
    }
    return sum;
  }
}
