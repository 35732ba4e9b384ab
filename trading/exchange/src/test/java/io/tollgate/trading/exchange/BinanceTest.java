package io.tollgate.trading.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.exchange.KeyRights.Right;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the large simulator. */
final class BinanceTest extends AdapterTest {
  @TempDir private static Path folder;

  BinanceTest() {
    super(Exchange.BINANCE);
  }

  @Override
  ExchangeSite open() {
    return ExchangeSite.binance(folder);
  }

  @Test
  void candles_are_those_of_the_stated_process() {
    List<Candle> candles =
        value(
            exchanges()
                .market(Exchange.BINANCE, MarketType.FUTURE)
                .candles(
                    Symbol.of("BTC/USDT"),
                    Timeframe.ONE_HOUR,
                    Instant.parse("2026-01-01T00:00:00Z"),
                    2));
    assertThat(candles).hasSize(2);
    Candle first = candles.getFirst();
    assertThat(first.open()).isEqualByComparingTo("50000.0");
    assertThat(first.high()).isEqualByComparingTo("50178.2");
    assertThat(first.low()).isEqualByComparingTo("49943.0");
    assertThat(first.close()).isEqualByComparingTo("50169.9");
    assertThat(first.closed()).isTrue();
  }

  @Test
  void a_key_tells_its_rights() {
    try (TradingAccount account = account(MarketType.SPOT)) {
      assertThat(value(account.keyRights())).isEqualTo(new KeyRights(Right.YES, Right.NO));
    }
  }
}
