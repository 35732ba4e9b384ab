package io.tollgate.trading.engine.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.Timeframe;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.candles.BarFeed;
import io.tollgate.trading.engine.candles.BarList;
import io.tollgate.trading.strategies.Bar;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.SignalType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BacktestResultTest {
  private static final double NONE = Double.NaN;
  private static final long START = 1_767_225_600_000L;
  private static final long DAY = 86_400_000L;

  /** Closes of days that follow one another; each opens where the one before closed. */
  private static final double[] CLOSES = {100, 100, 110, 99, 99, 108.9};

  private final Terms terms = new Terms();

  @Test
  void figures_of_two_trades_worked_out_by_hand() {
    Said said =
        new Said()
            .at(0, SignalType.OPEN, SignalSide.BUY, NONE, NONE)
            .at(1, SignalType.CLOSE, SignalSide.SELL, NONE, NONE)
            .at(2, SignalType.OPEN, SignalSide.SELL, NONE, NONE)
            .at(3, SignalType.OPEN, SignalSide.SELL, NONE, NONE)
            .at(4, SignalType.CLOSE, SignalSide.BUY, NONE, NONE);
    terms.amount = "1000";
    BacktestResult result = Backtest.result(said, Timeframe.ONE_DAY, days(), terms.made());

    // bar 1 opens at 100, bar 2 at 100: 10 coins: -1 - 1; sold at 110 (bar 3): 9.090, bought at 99:
    // 9.09 x 11 - 0.9999 - 0.89991
    assertThat(result.all().pnl()).isEqualByComparingTo("96.09019");
    assertThat(result.longs().pnl()).isEqualByComparingTo("-2");
    assertThat(result.shorts().pnl()).isEqualByComparingTo("98.09019");
    assertThat(result.all().winRate()).isEqualByComparingTo("50");
    assertThat(result.all().averageLoss()).isEqualByComparingTo("-2");
    assertThat(result.all().averagePnl()).isEqualByComparingTo("48.045095");
    assertThat(result.all().riskRewardRatio()).isEqualByComparingTo("49.0451");
    assertThat(result.all().profitFactor()).hasValue(new BigDecimal("49.0451"));
    assertThat(result.all().pnlPercentOf(new BigDecimal("10000"))).isEqualByComparingTo("0.9609");
    assertThat(result.dropped()).isEqualTo(Map.of(DropReason.POSITION_OPEN, 1L));
    assertThat(result.outcome().finalBalance()).isEqualByComparingTo("10096.09019");
    assertThat(result.outcome().maxDrawdown()).isCloseTo(2, within());
    assertThat(result.startTime()).isEqualTo(START);
    assertThat(result.endTime()).isEqualTo(START + CLOSES.length * DAY);
    assertThat(result.equityCurve())
        .hasSize(CLOSES.length)
        .last()
        .isEqualTo(
            new EquityMark(
                START + CLOSES.length * DAY,
                10096.09019,
                10096.09019,
                result.outcome().peakEquity()));
    assertThat(result.equityCurve().stream().mapToDouble(EquityMark::drawdownPct).max().orElse(0))
        .isCloseTo(result.outcome().maxDrawdownPct(), within());
    assertThat(result.risk().start()).hasToString("2025-12-31");
    assertThat(result.risk().end()).hasToString("2026-01-06");
    assertThat(result.risk().totalReturn()).isEqualByComparingTo("0.9609");
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-9);
  }

  @Test
  void without_a_loss_there_is_no_profit_factor_and_without_a_trade_nothing() {
    BacktestResult result = Backtest.result(new Said(), Timeframe.ONE_DAY, days(), terms.made());
    assertThat(result.all().trades()).isZero();
    assertThat(result.all().winRate()).isZero();
    assertThat(result.all().profitFactor()).isEmpty();
    assertThat(result.risk().sharpeRatio()).isZero();
  }

  @Test
  void as_many_bars_as_the_lookback_are_too_few() {
    terms.lookback = CLOSES.length;
    assertThatThrownBy(() -> Backtest.result(new Said(), Timeframe.ONE_DAY, days(), terms.made()))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INSUFFICIENT_DATA))
        .hasMessage("candles: 6 (expected: at least 7, one more than the lookback of 6)");
    terms.lookback = CLOSES.length - 1;
    assertThat(Backtest.result(new Said(), Timeframe.ONE_DAY, days(), terms.made()).trades())
        .isEmpty();
  }

  @Test
  void marks_of_equity_are_bounded_and_at_equal_distances() {
    for (int count : List.of(1_999, 2_000, 2_001, 4_001, 100_000)) {
      BacktestResult result =
          Backtest.result(new Said(), Timeframe.ONE_MINUTE, new Flat(count), terms.made());
      List<EquityMark> marks = result.equityCurve();
      assertThat(marks.size()).as("of " + count).isBetween(1_000, BacktestResult.MOST_MARKS);
      long distance = marks.get(1).time() - marks.get(0).time();
      for (int i = 1; i < marks.size() - 1; i++) {
        assertThat(marks.get(i).time() - marks.get(i - 1).time()).isEqualTo(distance);
      }
      assertThat(marks.getFirst().time()).isEqualTo(60_000);
      assertThat(marks.getLast().time()).isEqualTo(count * 60_000L);
    }
  }

  @Test
  void a_watched_run_is_counted_and_ends_when_it_is_cancelled() {
    RunControl control = new RunControl();
    Backtest.result(
        new Said(), Timeframe.ONE_MINUTE, control.watch(new Flat(10_000)), terms.made());
    assertThat(control.bars()).isEqualTo(10_000);
    control.cancel();
    assertThatThrownBy(
            () ->
                Backtest.result(
                    new Said(), Timeframe.ONE_MINUTE, control.watch(new Flat(1)), terms.made()))
        .isInstanceOf(CancellationException.class);
  }

  private static BarFeed days() {
    List<Bar> bars = new ArrayList<>();
    double open = 100;
    for (double close : CLOSES) {
      bars.add(
          new Bar(
              START + bars.size() * DAY,
              open,
              Math.max(open, close),
              Math.min(open, close),
              close,
              1));
      open = close;
    }
    return new BarList(bars);
  }

  /** As many minutes of one price. */
  private static final class Flat implements BarFeed {
    private final int count;
    private int index = -1;

    Flat(int count) {
      this.count = count;
    }

    @Override
    public boolean next() {
      return ++index < count;
    }

    @Override
    public long openTime() {
      return index * 60_000L;
    }

    @Override
    public double open() {
      return 100;
    }

    @Override
    public double high() {
      return 100;
    }

    @Override
    public double low() {
      return 100;
    }

    @Override
    public double close() {
      return 100;
    }

    @Override
    public double volume() {
      return 1;
    }
  }
}
