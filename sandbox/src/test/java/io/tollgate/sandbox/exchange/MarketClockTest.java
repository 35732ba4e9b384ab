package io.tollgate.sandbox.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class MarketClockTest {
  @RegisterExtension static final ExchangeSite SITE = new ExchangeSite();

  private static final long MORNING = Instant.parse("2026-06-01T07:00:00Z").toEpochMilli();
  private static final long HOUR = 3_600_000;

  private ExchangeClient account = SITE.account();

  @BeforeEach
  void open() {
    clock(MORNING, 0);
    account = SITE.account();
    account.steer("price", "{\"symbol\":\"BTCUSDT\",\"price\":null}");
  }

  @Test
  void funding_is_charged_at_its_hours_and_never_twice_for_one() {
    buy();
    clock(MORNING + HOUR - 1, 0);
    assertThat(fundings()).isEmpty();
    clock(MORNING + HOUR, 0);
    assertThat(fundings()).hasSize(1);
    clock(MORNING, 0);
    clock(MORNING + 2 * HOUR, 0);
    assertThat(fundings()).hasSize(1);
    clock(MORNING + 26 * HOUR, 0);
    JsonNode all = fundings();
    assertThat(all).hasSize(4);
    JsonNode rates =
        account.get(
            "/fapi/v1/fundingRate?symbol=BTCUSDT&startTime="
                + MORNING
                + "&endTime="
                + (MORNING + 26 * HOUR));
    assertThat(rates).hasSize(4);
    BigDecimal mark = new BigDecimal(rates.path(0).path("markPrice").stringValue());
    assertThat(new BigDecimal(all.path(0).path("income").stringValue()))
        .isEqualByComparingTo(mark.multiply(new BigDecimal("-0.0001")));
  }

  @Test
  void a_resting_order_is_filled_at_the_minute_that_touched_it_also_when_time_jumps_past_it() {
    JsonNode candles =
        account.get("/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1&startTime=" + MORNING);
    String now = candles.path(0).path(1).stringValue();
    // below the least of the next two days' first part, above their least
    clock(MORNING + 48 * HOUR, 0);
    JsonNode later =
        account.get(
            "/fapi/v1/klines?symbol=BTCUSDT&interval=1h&limit=47&startTime=" + (MORNING + HOUR));
    BigDecimal least = new BigDecimal(now);
    long at = 0;
    for (JsonNode candle : later) {
      BigDecimal low = new BigDecimal(candle.path(3).stringValue());
      if (low.compareTo(least) < 0) {
        least = low;
        at = candle.path(0).longValue();
      }
    }
    assertThat(at).isPositive();
    clock(MORNING, 0);
    BigDecimal limit = least.add(new BigDecimal("0.1"));
    JsonNode order =
        account.call(
            "POST",
            "/fapi/v1/order",
            "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.1&price="
                + limit.toPlainString());
    clock(MORNING + 48 * HOUR, 0);
    JsonNode filled =
        account.call("GET", "/fapi/v1/order", "symbol=BTCUSDT&orderId=" + order.path("orderId"));
    assertThat(filled.path("status").stringValue()).isEqualTo("FILLED");
    assertThat(filled.path("updateTime").longValue()).isBetween(at, at + HOUR);
    assertThat(filled.path("avgPrice").stringValue())
        .isEqualTo(limit.stripTrailingZeros().toPlainString());
  }

  @Test
  void time_runs_at_its_speed_while_signatures_keep_the_real_one() {
    clock(MORNING, 3_600);
    await().until(() -> now() > MORNING + HOUR / 4);
    assertThat(account.call("GET", "/fapi/v3/balance", "")).hasSize(1);
    assertThat(account.get("/fapi/v1/time").path("serverTime").longValue())
        .isCloseTo(System.currentTimeMillis(), offset(60_000L));
  }

  @Test
  void a_path_is_walked_and_a_stop_on_it_is_met() {
    buy();
    String price = mark();
    BigDecimal entry = new BigDecimal(price);
    BigDecimal stop = entry.multiply(new BigDecimal("0.99")).setScale(1, RoundingMode.DOWN);
    account.call(
        "POST",
        "/fapi/v1/algoOrder",
        "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&closePosition=true"
            + "&triggerPrice="
            + stop.toPlainString());
    // down through the stop and up again, within one minute
    account.steer(
        "price",
        "{\"symbol\":\"BTCUSDT\",\"path\":[["
            + MORNING
            + ","
            + price
            + "],["
            + (MORNING + 20_000)
            + ","
            + entry.multiply(new BigDecimal("0.98"))
            + "],["
            + (MORNING + 40_000)
            + ","
            + price
            + "]]}");
    clock(MORNING + 50_000, 0);
    assertThat(account.call("GET", "/fapi/v3/positionRisk", "")).isEmpty();
    assertThat(mark()).isEqualTo(price);
  }

  private void clock(long now, int speed) {
    account.steer("clock", "{\"now\":" + now + ",\"speed\":" + speed + "}");
  }

  private long now() {
    return account.get("/sandbox/exchange/clock").path("now").longValue();
  }

  private void buy() {
    account.call("POST", "/fapi/v1/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1");
  }

  private JsonNode fundings() {
    return account.call("GET", "/fapi/v1/income", "incomeType=FUNDING_FEE");
  }

  private String mark() {
    return account.get("/fapi/v1/ticker/price?symbol=BTCUSDT").path("price").stringValue();
  }
}
