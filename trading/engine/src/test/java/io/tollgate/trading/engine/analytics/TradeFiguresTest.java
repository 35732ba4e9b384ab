package io.tollgate.trading.engine.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TradeFiguresTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void trades_are_summed_as_worked_out_by_hand() {
    TradeFigures figures =
        TradeFigures.of(brought("10", "-4", "0", "20.000000001", "5", "-3", "-2.5"));
    assertThat(figures.totalTrades()).isEqualTo(7);
    assertThat(figures.winningTrades()).isEqualTo(3);
    assertThat(figures.losingTrades()).isEqualTo(3);
    assertThat(figures.breakEvenTrades()).isEqualTo(1);
    assertThat(figures.winRate()).isEqualTo("42.86");
    assertThat(figures.totalProfit()).as("exact").isEqualTo("35.000000001");
    assertThat(figures.totalLoss()).isEqualTo("9.5");
    assertThat(figures.netProfit()).isEqualTo("25.500000001");
    assertThat(figures.avgProfit()).isEqualTo("11.66666667");
    assertThat(figures.avgLoss()).isEqualTo("3.16666667");
    assertThat(figures.maxProfit()).isEqualTo("20.000000001");
    assertThat(figures.maxLoss()).isEqualTo("4");
    assertThat(figures.profitLossRatio()).isEqualTo("3.6842");
    assertThat(figures.profitFactor()).contains(new BigDecimal("3.6842"));
    assertThat(figures.maxConsecutiveWins()).isEqualTo(2);
    assertThat(figures.maxConsecutiveLosses()).isEqualTo(2);
  }

  @Test
  void without_a_loss_there_is_no_profit_factor() {
    TradeFigures figures = TradeFigures.of(brought("1", "2"));
    assertThat(figures.profitFactor()).isEmpty();
    assertThat(figures.profitLossRatio()).isEqualTo("0");
    assertThat(figures.winRate()).isEqualTo("100");
    assertThat(TradeFigures.of(brought("-1")).profitFactor()).contains(BigDecimal.ZERO);
  }

  @Test
  void no_trades_are_nothing() {
    TradeFigures figures = TradeFigures.of(List.of());
    assertThat(figures.totalTrades()).isZero();
    assertThat(figures.winRate()).isEqualTo("0");
    assertThat(figures.netProfit()).isEqualTo("0");
    assertThat(figures.avgHoldingHours()).isEqualTo("0");
    assertThat(figures.profitFactor()).isEmpty();
    assertThat(figures.maxConsecutiveWins()).isZero();
  }

  @Test
  void holding_is_of_trades_whose_times_are_known() {
    TradeFigures figures =
        TradeFigures.of(
            List.of(
                new ClosedTrade(BigDecimal.ONE, at(0), at(60)),
                new ClosedTrade(BigDecimal.ONE, at(0), at(145)),
                new ClosedTrade(BigDecimal.ONE, Optional.empty(), at(900)),
                new ClosedTrade(BigDecimal.ONE, at(10), Optional.empty())));
    assertThat(figures.avgHoldingHours()).as("205 minutes of two").isEqualTo("1.7083");
    assertThat(figures.maxHoldingHours()).isEqualTo("2.4167");
  }

  @Test
  void rows_of_wins_go_by_closing_times_where_all_are_known() {
    // closed: 1 1 −1 1, given: 1 −1 1 1
    List<ClosedTrade> known =
        List.of(closed("1", 30), closed("-1", 20), closed("1", 5), closed("1", 1));
    assertThat(TradeFigures.of(known).maxConsecutiveWins()).isEqualTo(2);
    assertThat(TradeFigures.of(known.reversed()).maxConsecutiveWins()).isEqualTo(2);
    List<ClosedTrade> unknown =
        List.of(
            closed("1", 30),
            new ClosedTrade(BigDecimal.ONE, at(0), Optional.empty()),
            closed("1", 1));
    assertThat(TradeFigures.of(unknown).maxConsecutiveWins()).isEqualTo(3);
  }

  @Test
  void what_was_closed_before_it_was_opened_is_refused() {
    assertThatThrownBy(() -> new ClosedTrade(BigDecimal.ONE, at(2), at(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("closed_at: 2026-01-01T00:01:00Z");
  }

  private static List<ClosedTrade> brought(String... each) {
    return Stream.of(each)
        .map(pnl -> new ClosedTrade(new BigDecimal(pnl), Optional.empty(), Optional.empty()))
        .toList();
  }

  private static ClosedTrade closed(String pnl, long minute) {
    return new ClosedTrade(new BigDecimal(pnl), Optional.empty(), at(minute));
  }

  private static Optional<Instant> at(long minute) {
    return Optional.of(START.plusSeconds(60 * minute));
  }
}
