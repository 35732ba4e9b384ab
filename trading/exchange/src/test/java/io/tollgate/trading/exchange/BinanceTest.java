package io.tollgate.trading.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.exchange.AccountEvent.Gap;
import io.tollgate.trading.exchange.AccountEvent.OrderChanged;
import io.tollgate.trading.exchange.KeyRights.Right;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  @ParameterizedTest
  @EnumSource(MarketType.class)
  void an_account_tells_its_fills_and_a_gap_after_each_interruption(MarketType type)
      throws InterruptedException {
    BlockingQueue<AccountEvent> events = new LinkedBlockingQueue<>();
    try (TradingAccount account = account(type);
        EventStream _ = account.events(events::add)) {
      assertThat(events.poll(10, TimeUnit.SECONDS)).isInstanceOf(Gap.class);
      ClientOrderId id = ClientOrderId.ofTask("told " + type);
      Orders orders = account.orders();
      value(
          orders.place(
              OrderRequest.market(
                  id, Symbol.of("BTC/USDT"), Side.BUY, new BigDecimal("0.01"), PositionSide.NONE),
              orders.exchangeTime().plus(orders.window())));
      assertThat(nextFill(events))
          .satisfies(
              told -> {
                assertThat(told.order().is(id)).isTrue();
                assertThat(told.order().status()).isEqualTo(OrderStatus.FILLED);
                assertThat(told.fill().orElseThrow().quantity()).isEqualByComparingTo("0.01");
                assertThat(told.fill().orElseThrow().fee()).isPositive();
              });
      site().post("faults", "{\"action\":\"drop_ws\",\"ms\":300}");
      assertThat(nextGap(events)).isTrue();
    }
  }

  private static OrderChanged nextFill(BlockingQueue<AccountEvent> events)
      throws InterruptedException {
    for (AccountEvent event = events.poll(10, TimeUnit.SECONDS);
        event != null;
        event = events.poll(10, TimeUnit.SECONDS)) {
      if (event instanceof OrderChanged changed && changed.fill().isPresent()) {
        return changed;
      }
    }
    throw new AssertionError("no fill was told");
  }

  private static boolean nextGap(BlockingQueue<AccountEvent> events) throws InterruptedException {
    for (AccountEvent event = events.poll(10, TimeUnit.SECONDS);
        event != null;
        event = events.poll(10, TimeUnit.SECONDS)) {
      if (event instanceof Gap) {
        return true;
      }
    }
    return false;
  }
}
