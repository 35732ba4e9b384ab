package io.tollgate.trading.engine.backtest;

import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.SignalType;
import io.tollgate.trading.strategies.StrategyOutput;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a strategy asks for of one side; prices are exact, null where there are none. */
record NaiveWish(
    SignalType type,
    SignalSide side,
    long from,
    long until,
    @Nullable BigDecimal limit,
    @Nullable BigDecimal stop,
    @Nullable BigDecimal target,
    BigDecimal fraction) {
  /** What an output asks for, said at the close of a bar. */
  static List<NaiveWish> of(StrategyOutput said, int i, int delay) {
    List<NaiveWish> wishes = new ArrayList<>();
    long due = (long) i + delay;
    BigDecimal part = exact(said.indicator("open_fraction").orElse(1));
    BigDecimal closed = exact(said.indicator("close_fraction").orElse(1));
    switch (said.type()) {
      case HOLD -> {}
      case OPEN, ADD -> {
        boolean waits = said.indicator("retest_bars").isPresent();
        long from = waits ? Math.max(due, i + 1L) : due;
        long until = from - 1 + (long) said.indicator("retest_bars").orElse(1);
        wishes.add(
            new NaiveWish(
                said.type(),
                said.side().orElseThrow(),
                from,
                Math.max(from, until),
                waits ? exact(said.entryPrice()) : null,
                exact(said.stopLoss()),
                exact(said.takeProfit()),
                part));
      }
      case CLOSE -> {
        for (SignalSide side : SignalSide.values()) {
          if (said.side().isEmpty() || said.side().get() != side) {
            wishes.add(new NaiveWish(SignalType.CLOSE, side, due, due, null, null, null, closed));
          }
        }
      }
      case HEDGE -> {
        for (SignalSide side : SignalSide.values()) {
          String way = side == SignalSide.BUY ? "long_" : "short_";
          wishes.add(
              new NaiveWish(
                  SignalType.HEDGE,
                  side,
                  due,
                  due,
                  null,
                  exact(said.indicator(way + "stop_loss")),
                  exact(said.indicator(way + "take_profit")),
                  part));
        }
      }
    }
    return wishes;
  }

  static BigDecimal exact(double price) {
    return BigDecimal.valueOf(price);
  }

  private static @Nullable BigDecimal exact(OptionalDouble price) {
    return price.isPresent() ? exact(price.getAsDouble()) : null;
  }
}
