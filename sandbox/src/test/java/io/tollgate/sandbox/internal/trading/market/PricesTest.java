package io.tollgate.sandbox.internal.trading.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {
  private static final long START = PriceProcess.REFERENCE_MILLIS;
  private static final long LATER = START + 40 * 86_400_000L;

  private final Instruments instruments = new Instruments();
  private final Prices prices = new Prices(42, instruments);
  private final Candles candles = new Candles(prices);
  private final Instrument bitcoin = instruments.find(Market.FUTURES, "BTCUSDT").orElseThrow();

  @ParameterizedTest
  @CsvSource({"0, 50000.0", "60, 49986.8", "3600, 50169.9", "86400, 50333.7"})
  void the_stated_prices_are_met_to_the_tick(long seconds, BigDecimal price) {
    assertThat(prices.at(bitcoin, START + seconds * 1000)).isEqualTo(price);
  }

  @Test
  void the_stated_first_hour_is_met_to_the_tick() {
    Candle hour = list(Interval.H1, 1).getFirst();
    assertThat(List.of(hour.open(), hour.high(), hour.low(), hour.close()))
        .containsExactly(
            new BigDecimal("50000.0"),
            new BigDecimal("50178.2"),
            new BigDecimal("49943.0"),
            new BigDecimal("50169.9"));
  }

  @Test
  void a_price_does_not_depend_on_what_was_asked_before() {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      long at = START + random.nextLong(86_400_000L * 300);
      assertThat(prices.at(bitcoin, at)).isEqualTo(new Prices(42, instruments).at(bitcoin, at));
    }
  }

  @Test
  void long_candles_are_made_of_short_ones() {
    for (Interval interval : List.of(Interval.M5, Interval.H1, Interval.H4, Interval.D1)) {
      Candle whole = list(interval, 1).getFirst();
      List<Candle> minutes =
          candles.list(
              bitcoin,
              Interval.M1,
              OptionalLong.of(whole.start()),
              OptionalLong.of(whole.end() - 1),
              2_000,
              LATER);
      assertThat(whole.open()).isEqualTo(minutes.getFirst().open());
      assertThat(whole.close()).isEqualTo(minutes.getLast().close());
      assertThat(whole.high())
          .isEqualTo(minutes.stream().map(Candle::high).reduce(BigDecimal::max).orElseThrow());
      assertThat(whole.low())
          .isEqualTo(minutes.stream().map(Candle::low).reduce(BigDecimal::min).orElseThrow());
      assertThat(whole.volume())
          .isEqualTo(minutes.stream().map(Candle::volume).reduce(BigDecimal::add).orElseThrow());
    }
  }

  @Test
  void a_candle_opens_where_the_last_one_closed() {
    for (Interval interval : Interval.values()) {
      List<Candle> two = list(interval, 2);
      assertThat(two.get(1).open()).as(interval.code()).isEqualTo(two.get(0).close());
      assertThat(two.get(1).start()).isEqualTo(two.get(0).end());
    }
  }

  @Test
  void a_candle_that_is_not_over_ends_now_and_there_are_none_of_later() {
    long now = START + 90_000;
    List<Candle> open =
        candles.list(bitcoin, Interval.M1, OptionalLong.of(START), OptionalLong.empty(), 10, now);
    assertThat(open).hasSize(2);
    assertThat(open.getLast().close()).isEqualTo(prices.at(bitcoin, now));
  }

  @Test
  void a_price_by_hand_holds_from_its_time_on_until_it_is_given_back() {
    long from = START + 600_000;
    TreeMap<Long, BigDecimal> points = new TreeMap<>();
    points.put(from, new BigDecimal("100"));
    points.put(from + 30_000, new BigDecimal("400"));
    BigDecimal before = prices.at(bitcoin, from - 1);
    prices.steer("BTCUSDT", from, points, 4);
    assertThat(prices.at(bitcoin, from - 1)).isEqualTo(before);
    assertThat(prices.at(bitcoin, from + 10_000)).isEqualTo(new BigDecimal("200.0"));
    assertThat(prices.at(bitcoin, from + 90_000)).isEqualTo(new BigDecimal("400.0"));
    assertThat(prices.quotes(bitcoin, from + 90_000).ask()).isEqualTo(new BigDecimal("400.5"));
    Candle steered = prices.candle(bitcoin, from, from + 60_000, from + 60_000);
    assertThat(steered.low()).isEqualTo(new BigDecimal("100.0"));
    assertThat(steered.high()).isEqualTo(new BigDecimal("400.0"));
    prices.steer("BTCUSDT", from + 120_000, new TreeMap<>(), 0);
    assertThat(prices.at(bitcoin, from + 120_000))
        .isEqualTo(new Prices(42, instruments).at(bitcoin, from + 120_000));
  }

  @Test
  void each_million_of_the_book_is_one_tick_further_away() {
    Quotes quotes = prices.quotes(bitcoin, START);
    assertThat(quotes.ask()).isEqualTo(new BigDecimal("50000.1"));
    assertThat(quotes.level(true, 3).price()).isEqualTo(new BigDecimal("50000.4"));
    assertThat(quotes.level(false, 3).price()).isEqualTo(new BigDecimal("49999.7"));
    assertThat(quotes.level(false, 0).quantity()).isEqualTo(new BigDecimal("20.000"));
  }

  private List<Candle> list(Interval interval, int count) {
    long first = interval.start(START) == START ? START : interval.next(interval.start(START));
    return candles.list(
        bitcoin,
        interval,
        OptionalLong.of(first),
        OptionalLong.empty(),
        count,
        LATER + 90 * 86_400_000L);
  }
}
