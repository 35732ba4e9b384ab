package io.tollgate.trading.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Timeframe;
import io.tollgate.sandbox.ExchangeStandIn;
import io.tollgate.trading.exchange.KeyRights.Right;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the small stand-in. */
final class OkxTest extends AdapterTest {
  OkxTest() {
    super(Exchange.OKX);
  }

  @Override
  ExchangeSite open() {
    return ExchangeSite.standIn(ExchangeStandIn.okx(0));
  }

  @ParameterizedTest
  @EnumSource(MarketType.class)
  void candles_come_oldest_first(MarketType type) {
    Instant from = Instant.now().minus(10, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.MINUTES);
    List<Candle> candles =
        value(
            exchanges()
                .market(Exchange.OKX, type)
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
      assertThat(value(account.keyRights())).isEqualTo(new KeyRights(Right.YES, Right.NO));
    }
  }
}
