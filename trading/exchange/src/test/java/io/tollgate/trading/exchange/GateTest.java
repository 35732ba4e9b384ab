package io.tollgate.trading.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Timeframe;
import io.tollgate.sandbox.ExchangeStandIn;
import io.tollgate.trading.exchange.KeyRights.Right;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the small stand-in. */
final class GateTest extends AdapterTest {
  GateTest() {
    super(Exchange.GATE);
  }

  @Override
  ExchangeSite open() {
    return ExchangeSite.standIn(ExchangeStandIn.gate(0));
  }

  @ParameterizedTest
  @EnumSource(MarketType.class)
  void candles_come_oldest_first(MarketType type) {
    Instant from = Instant.now().minus(10, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.MINUTES);
    List<Candle> candles =
        value(
            exchanges()
                .market(Exchange.GATE, type)
                .candles(Symbol.of("BTC/USDT"), Timeframe.ONE_MINUTE, from, 5));
    assertThat(candles).hasSize(5);
    assertThat(candles.getFirst().openedAt()).isEqualTo(from);
    assertThat(candles.getLast().openedAt()).isEqualTo(from.plus(4, ChronoUnit.MINUTES));
    assertThat(candles).allMatch(Candle::closed);
    assertThat(candles.getFirst().volume()).isEqualByComparingTo("10");
  }

  @Test
  void a_key_tells_what_rights_it_has_where_the_exchange_does() {
    try (TradingAccount account = account(MarketType.SPOT)) {
      assertThat(value(account.keyRights())).isEqualTo(new KeyRights(Right.UNTOLD, Right.UNTOLD));
    }
  }

  /** Gate takes what is signed a minute ahead of its clock, and spot is signed in the past. */
  @ParameterizedTest
  @CsvSource({"SPOT,-110000", "FUTURE,-58000"})
  void an_order_that_a_server_with_a_slow_clock_took_is_found(MarketType type, int skew) {
    try (TradingAccount account = account(type)) {
      Orders orders = account.orders();
      OrderRequest order =
          OrderRequest.market(
              ClientOrderId.ofTask("slow clock " + type),
              Symbol.of("BTC/USDT"),
              Side.BUY,
              new BigDecimal("0.01"),
              PositionSide.NONE);
      site()
          .post(
              "faults",
              "{\"match\":{\"method\":\"POST\",\"client_order_id_prefix\":\""
                  + order.id().text()
                  + "\"},\"times\":1,\"action\":\"clock_skew\",\"ms\":"
                  + skew
                  + "}");
      Instant sent = orders.exchangeTime();
      assertThat(value(orders.place(order, sent.plus(orders.window()))).updatedAt())
          .isBefore(sent.minusSeconds(50));
      assertThat(value(orders.trace(order, sent)))
          .isInstanceOfSatisfying(
              Orders.Trace.Found.class, found -> assertThat(found.order().is(order.id())).isTrue());
    }
  }
}
