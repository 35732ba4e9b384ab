package io.tollgate.trading.engine.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.engine.candles.BarList;
import io.tollgate.trading.strategies.Bar;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.SignalType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Ten bars of an hour from 2026-01-01T00:00Z, worked out on paper. The entry is said at bar 1 and
 * filled at the open of bar 2, 100: 10 coins for 1000, a fee of 1.
 */
class BacktestByHandTest {
  private static final double NONE = Double.NaN;
  private static final long START = 1_767_225_600_000L;
  private static final long HOUR = 3_600_000L;

  /** open, high, low, close. */
  private static final double[][] TEN = {
    {99, 101, 98, 100},
    {100, 101, 99, 100},
    {100, 103, 99, 102},
    {102, 104, 101, 103},
    {103, 106, 102, 105},
    {105, 110, 104, 108},
    {108, 109, 101, 102},
    {97, 98, 94, 95},
    {95, 96, 90, 91},
    {91, 93, 90, 92}
  };

  private final Terms terms = new Terms();
  private final Said said = new Said();
  private final Witness witness = new Witness();

  @Test
  void stop_at_its_level() {
    open(SignalSide.BUY, 101.5, NONE, 2);
    // entered at bar 3, 102: 9.803 coins for 999.906; its own low is 101
    expect("102 101.5 9.803 3 STOP_LOSS -6.8964105 9993.1035895");
  }

  @Test
  void target_at_its_level() {
    open(SignalSide.BUY, 95, 106, 1);
    // 10 x 6 - 1 - 1.06
    expect("100 106 10 4 TAKE_PROFIT 57.94 10057.94");
  }

  @Test
  void stop_before_target_in_one_bar() {
    open(SignalSide.BUY, 99, 103, 1);
    // bar 2 reaches both 99 and 103: 10 x -1 - 1 - 0.99
    expect("100 99 10 2 STOP_LOSS -11.99 9988.01");
  }

  @Test
  void gap_through_the_stop_fills_at_the_open() {
    open(SignalSide.BUY, 98.5, NONE, 1);
    // bar 7 opens at 97: 10 x -3 - 1 - 0.97
    expect("100 97 10 7 STOP_LOSS -31.97 9968.03");
  }

  @Test
  void gap_through_the_target_fills_at_the_open() {
    open(SignalSide.SELL, 120, 99.5, 3);
    // sold at bar 4, 103: 9.708 for 999.924; low of bar 6 is 101, bar 7 opens at 97
    // 9.708 x 6 - 0.999924 - 0.941676
    expect("103 97 9.708 7 TAKE_PROFIT 56.3064 10056.3064");
  }

  @Test
  void trailing_stop_follows_from_the_bar_after() {
    terms.trailing = 4;
    terms.activation = 5;
    open(SignalSide.BUY, 90, NONE, 1);
    // high 106 of bar 4 is a gain of 6 %: 102 from bar 5 on; 110 of bar 5: 106 from bar 6 on,
    // which opens at 108 and falls to 101: 10 x 6 - 1 - 1.06
    expect("100 106 10 6 TRAILING_STOP 57.94 10057.94");
  }

  @Test
  void liquidation_at_the_margin_less_maintenance() {
    terms.isolated = true;
    terms.leverage = "20";
    open(SignalSide.SELL, NONE, NONE, 1);
    // margin 5 %, maintenance 0.4 %: 104.6, within bar 4: 10 x -4.6 - 1 - 1.046
    expect("100 104.6 10 4 LIQUIDATION -48.046 9951.954");
  }

  @Test
  void funding_at_eight_o_clock() {
    terms.rate = "0.0001";
    open(SignalSide.BUY, 80, NONE, 1);
    // at the open of bar 8, 95: 10 x 95 x 0.0001 = 0.095; END at 92: 10 x -8 - 1 - 0.92 - 0.095
    expect("100 92 10 10 END -82.015 9917.985");
    assertThat(witness.trades.getFirst().funding()).isEqualByComparingTo("0.095");
  }

  @Test
  void signal_closes_at_the_next_open() {
    said.at(4, SignalType.CLOSE, SignalSide.SELL, NONE, NONE);
    open(SignalSide.BUY, 80, NONE, 1);
    // bar 5 opens at 105: 10 x 5 - 1 - 1.05
    expect("100 105 10 5 SIGNAL 47.95 10047.95");
  }

  @Test
  void a_part_is_closed_and_the_rest_at_the_end() {
    said.at(4, SignalType.CLOSE, SignalSide.SELL, NONE, NONE, Map.of("close_fraction", 0.25));
    open(SignalSide.BUY, 80, NONE, 1);
    // 2.5 x 5 - 0.25 - 0.2625, then 7.5 x -8 - 0.75 - 0.69
    expect("100 105 2.5 5 SIGNAL 11.9875, 100 92 7.5 10 END -61.44 9950.5475");
  }

  @Test
  void an_addition_makes_one_position_at_the_mean() {
    said.at(4, SignalType.ADD, SignalSide.BUY, NONE, NONE);
    terms.amount = "1050";
    open(SignalSide.BUY, 80, NONE, 1);
    // 10.5 at 100 and 10 at 105: 2100 for 20.5; 92 x 20.5 = 1886; fees 1.05 + 1.05 + 1.886
    expect("102.439024390244 92 20.5 10 END -217.986 9782.014");
  }

  @Test
  void slippage_makes_every_fill_worse() {
    terms.slippage = "0.5";
    open(SignalSide.BUY, 95, 106, 1);
    // 100.5 and 105.47; 9.950 coins: 9.95 x 4.97 - 0.999975 - 1.0494265
    expect("100.5 105.47 9.95 4 TAKE_PROFIT 47.4020985 10047.4020985");
  }

  @Test
  void without_delay_it_is_filled_at_the_same_close() {
    terms.delay = 0;
    open(SignalSide.BUY, 98.5, 106, 2);
    // close of bar 2, 102: 9.803; 9.803 x 4 - 0.999906 - 1.039118
    expect("102 106 9.803 4 TAKE_PROFIT 37.172976 10037.172976");
  }

  @Test
  void reverse_closes_and_opens_the_other_side() {
    terms.onOpposite = OnOpposite.REVERSE;
    said.at(4, SignalType.OPEN, SignalSide.SELL, NONE, NONE);
    open(SignalSide.BUY, 80, NONE, 1);
    // 47.95 as above; then 9.523 sold at 105 for 999.915: 9.523 x 13 - 0.999915 - 0.876116
    expect("100 105 10 5 SIGNAL 47.95, 105 92 9.523 10 END 121.922969 10169.872969");
  }

  @Test
  void the_other_side_is_ignored_or_held_beside() {
    said.at(4, SignalType.OPEN, SignalSide.SELL, NONE, NONE);
    open(SignalSide.BUY, 80, NONE, 1);
    expect("100 92 10 10 END -81.92 9918.08");
    assertThat(witness.dropped).containsExactly(DropReason.POSITION_OPEN);
  }

  @Test
  void both_sides_under_hedge() {
    terms.onOpposite = OnOpposite.HEDGE;
    said.at(4, SignalType.OPEN, SignalSide.SELL, NONE, NONE);
    open(SignalSide.BUY, 80, NONE, 1);
    expect("100 92 10 10 END -81.92, 105 92 9.523 10 END 121.922969 10040.002969");
  }

  @Test
  void sized_by_what_may_be_lost() {
    terms.amount = "0";
    terms.risk = "50";
    open(SignalSide.BUY, 95, 106, 1);
    // 50 / 5 = 10 coins
    expect("100 106 10 4 TAKE_PROFIT 57.94 10057.94");
  }

  @Test
  void what_is_dropped() {
    terms.minRiskReward = 2;
    said.at(1, SignalType.OPEN, SignalSide.BUY, 98, 103);
    said.at(2, SignalType.OPEN, SignalSide.BUY, 102.5, 110);
    said.at(9, SignalType.OPEN, SignalSide.BUY, 80, 200);
    assertThat(run().finalBalance()).isEqualByComparingTo("10000");
    assertThat(witness.dropped)
        .containsExactly(DropReason.RISK_REWARD, DropReason.LEVEL_PASSED, DropReason.NO_BAR);
  }

  @Test
  void outputs_within_the_lookback_are_dropped() {
    terms.lookback = 5;
    open(SignalSide.BUY, 95, 106, 1);
    assertThat(witness.trades).isEmpty();
    assertThat(run().finalBalance()).isEqualByComparingTo("10000");
  }

  @Test
  void a_limit_order_is_filled_at_its_price() {
    said.limit(5, SignalSide.BUY, 101, 105, 2);
    // low of bar 6 is 101, and its high of 109 may have been before: 9.9 coins; 9.9 x -9 - 0.9999 -
    // 0.9108
    expect("101 92 9.9 10 END -91.0107 9908.9893");
  }

  @Test
  void a_limit_order_is_filled_at_a_better_open() {
    said.limit(5, SignalSide.BUY, 100, NONE, 5);
    // bar 7 opens at 97: 10.309 x -5 - 0.999973 - 0.948428
    expect("97 92 10.309 10 END -53.493401 9946.506599");
  }

  @Test
  void a_limit_order_is_given_up_after_its_bars() {
    said.limit(4, SignalSide.BUY, 100.5, NONE, 1);
    assertThat(run().finalBalance()).isEqualByComparingTo("10000");
    assertThat(witness.dropped).containsExactly(DropReason.LIMIT_EXPIRED);
  }

  @Test
  void no_entry_after_the_most_losses_in_a_row() {
    terms.losses = 1;
    said.at(3, SignalType.OPEN, SignalSide.BUY, NONE, NONE);
    open(SignalSide.BUY, 99, NONE, 1);
    expect("100 99 10 2 STOP_LOSS -11.99 9988.01");
    assertThat(witness.dropped).containsExactly(DropReason.HALTED);
  }

  @Test
  void no_entry_after_the_largest_fall_allowed() {
    terms.drawdown = 0.1;
    said.at(3, SignalType.OPEN, SignalSide.BUY, NONE, NONE);
    open(SignalSide.BUY, 99, NONE, 1);
    // 11.99 of 10000 is 0.1199 %
    expect("100 99 10 2 STOP_LOSS -11.99 9988.01");
    assertThat(witness.dropped).containsExactly(DropReason.HALTED);
  }

  @Test
  void a_hedge_is_two_positions_with_levels_of_their_own() {
    said.at(
        1,
        SignalType.HEDGE,
        SignalSide.BUY,
        NONE,
        NONE,
        Map.of("long_stop_loss", 98.5, "short_stop_loss", 104.5));
    // short within bar 4: 10 x -4.5 - 1 - 1.045; long at the open of bar 7: as above
    expect("100 104.5 10 4 STOP_LOSS -47.045, 100 97 10 7 STOP_LOSS -31.97 9920.985");
  }

  private void open(SignalSide side, double stop, double target, long at) {
    said.at(at, SignalType.OPEN, side, stop, target);
  }

  private BacktestOutcome run() {
    List<Bar> bars = new ArrayList<>();
    for (double[] bar : TEN) {
      bars.add(new Bar(START + bars.size() * HOUR, bar[0], bar[1], bar[2], bar[3], 1));
    }
    return Backtest.run(said, Timeframe.ONE_HOUR, new BarList(bars), terms.made(), witness);
  }

  /** Entry, exit, quantity, bar of the exit, reason, pnl of each trade; then the balance. */
  private void expect(String expected) {
    BacktestOutcome outcome = run();
    String seen =
        witness.trades.stream()
            .map(
                trade ->
                    String.join(
                        " ",
                        text(trade.entryPrice()),
                        text(trade.exitPrice()),
                        text(trade.quantity()),
                        Long.toString((trade.exitTime() - START) / HOUR),
                        trade.exitReason().name(),
                        text(trade.pnl())))
            .collect(Collectors.joining(", "));
    assertThat(seen + " " + text(outcome.finalBalance())).isEqualTo(expected);
  }

  private static String text(BigDecimal amount) {
    return amount.stripTrailingZeros().toPlainString();
  }
}
