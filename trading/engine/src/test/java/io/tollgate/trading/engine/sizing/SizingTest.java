package io.tollgate.trading.engine.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.trading.engine.RiskMode;
import io.tollgate.trading.engine.sizing.SkippedTrade.Reason;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderType;
import io.tollgate.trading.exchange.Symbol;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SizingTest {
  @Test
  void an_amount_by_capital_is_as_worked_out_by_hand() {
    // 333.33 × 1.5 % × 20 = 99.999, half even 100.00
    assertThat(usdt(byCapital("333.33", 20, RiskMode.BALANCED, 100), "50000", "49000"))
        .isEqualByComparingTo("100");
    assertThat(usdt(byCapital("1000", 20, RiskMode.STEADY, 100), "50000", ""))
        .isEqualTo("200.0000");
    assertThat(usdt(byCapital("1000", 20, RiskMode.BOLD, 33), "1", "0.5"))
        .as("33 % of 400")
        .isEqualByComparingTo("132");
    assertThat(usdt(byCapital("0.25", 20, RiskMode.STEADY, 1), "1", ""))
        .as("1 % of 0.05")
        .isEqualByComparingTo("0.0005");
  }

  @Test
  void an_amount_by_what_may_be_lost_is_the_loss_over_the_distance_of_the_stop() {
    // 10 / (1000/50000 = 2 %) = 500
    assertThat(usdt(byLoss("1000", 10, "10"), "50000", "49000")).isEqualByComparingTo("500");
    assertThat(usdt(byLoss("1000", 10, "10"), "50000", "51000"))
        .as("as much either way")
        .isEqualByComparingTo("500");
    assertThat(usdt(byLoss("10000", 10, "10"), "50000", "49990"))
        .as("a stop that is nearer than 0.1 % counts as that far")
        .isEqualByComparingTo("10000");
    assertThat(usdt(byLoss("10000", 10, "10"), "50000", "50000")).isEqualByComparingTo("10000");
    assertThat(usdt(byLoss("100", 10, "10"), "50000", "49500"))
        .as("3 × capital at most")
        .isEqualByComparingTo("300");
    assertThat(usdt(byLoss("1000", 10, "10"), "3", "2.93"))
        .as("10 × 3 / 0.07, cut off")
        .isEqualTo("428.57142857");
  }

  @Test
  void a_stop_behind_the_liquidation_is_no_trade() {
    // 0.8 / 10 = 8 % of 50000 = 4000
    assertThat(usdt(byLoss("1000", 10, "10"), "50000", "46000")).isEqualByComparingTo("125");
    assertThat(amount(byLoss("1000", 10, "10"), "50000", "45999.99999999"))
        .isInstanceOfSatisfying(
            SkippedTrade.class,
            skipped -> {
              assertThat(skipped.reason()).isEqualTo(Reason.STOP_TOO_FAR);
              assertThat(skipped.sentence())
                  .isEqualTo(
                      "stop_loss: 45999.99999999 (expected: within 0.08 of the entry at 50000)");
            });
  }

  @Test
  void what_may_be_lost_asks_for_a_stop_unless_it_is_nothing() {
    assertThat(amount(byLoss("1000", 10, "10"), "50000", ""))
        .isInstanceOfSatisfying(
            SkippedTrade.class, skipped -> assertThat(skipped.reason()).isEqualTo(Reason.NO_STOP));
    assertThat(usdt(byLoss("1000", 10, "0"), "50000", ""))
        .as("by capital")
        .isEqualByComparingTo("100");
  }

  @Test
  void terms_and_prices_that_are_none_are_refused() {
    assertThatThrownBy(() -> byCapital("1", 0, RiskMode.STEADY, 100))
        .hasMessage("leverage: 0 (expected: 1 to 125)");
    assertThatThrownBy(() -> byCapital("1", 1, RiskMode.STEADY, 101))
        .hasMessage("ratio: 101 (expected: 1 to 100)");
    assertThatThrownBy(() -> amount(byCapital("1", 1, RiskMode.STEADY, 1), "0", ""))
        .hasMessage("entry: 0 (expected: more than 0)");
  }

  @Test
  void a_quantity_is_whole_steps_and_never_costs_more_than_its_amount() {
    assertThat(quantity("100", "50000", instrument("0.001", "0", "0"))).isEqualTo(base("0.002"));
    assertThat(quantity("149.999", "50000", instrument("0.001", "0", "0")))
        .isEqualTo(base("0.002"));
    assertThat(quantity("0.7", "0.1", instrument("1", "0", "0"))).isEqualTo(base("7"));
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      BigDecimal amount = BigDecimal.valueOf(1 + random.nextInt(1_000_000), random.nextInt(4));
      BigDecimal price = BigDecimal.valueOf(1 + random.nextInt(1_000_000), random.nextInt(6));
      BigDecimal step = BigDecimal.valueOf(1 + random.nextInt(30), random.nextInt(7));
      Instrument instrument = instrument(step.toPlainString(), "0", "0");
      OrderQuantity given =
          OrderQuantity.of(new TradeAmount.Notional(amount), price, instrument, OrderType.MARKET);
      BigDecimal quantity =
          given instanceof OrderQuantity.Base(BigDecimal some) ? some : BigDecimal.ZERO;
      assertThat(quantity.remainder(step)).as("seed " + seed).isEqualByComparingTo("0");
      assertThat(quantity.multiply(price)).as("seed " + seed).isLessThanOrEqualTo(amount);
      assertThat(quantity.add(step).multiply(price)).as("seed " + seed).isGreaterThan(amount);
    }
  }

  @Test
  void what_is_less_than_the_exchange_takes_is_skipped() {
    skipped("100", "50000", instrument("0.01", "0", "0"), "quantity: 0.00 (expected: more than 0)");
    skipped(
        "100",
        "50000",
        instrument("0.001", "0.003", "0"),
        "quantity: 0.002 (expected: at least 0.003)");
    skipped(
        "149",
        "50000",
        instrument("0.001", "0.001", "100.01"),
        "notional: 100.000 (expected: at least 100.01)");
    assertThat(quantity("149", "50000", instrument("0.001", "0.002", "100")))
        .isEqualTo(base("0.002"));
  }

  @Test
  void a_stake_is_what_the_stop_loses_and_what_the_target_wins_of_it() {
    TradeStake stake =
        TradeStake.of(
            dec("0.002"), dec("50000"), Optional.of(dec("49000")), Optional.of(dec("52001")));
    assertThat(stake.potentialLoss()).contains(dec("2.00000000"));
    assertThat(stake.riskRewardRatio()).contains(dec("2.0010"));
    TradeStake unbounded =
        TradeStake.of(dec("1"), dec("5"), Optional.empty(), Optional.of(dec("6")));
    assertThat(unbounded.potentialLoss()).isEmpty();
    assertThat(unbounded.riskRewardRatio()).isEmpty();
    assertThat(
            TradeStake.of(dec("1"), dec("5"), Optional.of(dec("5")), Optional.of(dec("6")))
                .riskRewardRatio())
        .isEmpty();
  }

  private static SizingTerms byCapital(String capital, int leverage, RiskMode mode, int ratio) {
    return new SizingTerms(dec(capital), leverage, mode, ratio, Optional.empty());
  }

  private static SizingTerms byLoss(String capital, int leverage, String maxLoss) {
    return new SizingTerms(dec(capital), leverage, RiskMode.STEADY, 100, Optional.of(dec(maxLoss)));
  }

  private static TradeAmount amount(SizingTerms terms, String entry, String stop) {
    return TradeAmount.of(
        terms, dec(entry), stop.isEmpty() ? Optional.empty() : Optional.of(dec(stop)));
  }

  private static BigDecimal usdt(SizingTerms terms, String entry, String stop) {
    return switch (amount(terms, entry, stop)) {
      case TradeAmount.Notional(BigDecimal usdt) -> usdt;
      case SkippedTrade skipped -> throw new AssertionError(skipped.sentence());
    };
  }

  private static OrderQuantity quantity(String usdt, String price, Instrument instrument) {
    return OrderQuantity.of(
        new TradeAmount.Notional(dec(usdt)), dec(price), instrument, OrderType.MARKET);
  }

  private static OrderQuantity base(String quantity) {
    return new OrderQuantity.Base(dec(quantity));
  }

  private static void skipped(String usdt, String price, Instrument instrument, String sentence) {
    assertThat(quantity(usdt, price, instrument))
        .isEqualTo(new SkippedTrade(Reason.MIN_NOTIONAL, sentence));
  }

  private static Instrument instrument(String step, String minQuantity, String minNotional) {
    return new Instrument(
        Symbol.of("BTC/USDT"),
        "BTCUSDT",
        MarketType.FUTURE,
        BigDecimal.ONE,
        dec("0.1"),
        dec(step),
        dec(step),
        dec(minQuantity),
        Optional.empty(),
        Optional.empty(),
        dec(minNotional),
        true);
  }

  private static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }
}
