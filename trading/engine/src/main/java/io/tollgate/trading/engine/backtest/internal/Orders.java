package io.tollgate.trading.engine.backtest.internal;

import io.tollgate.trading.engine.backtest.BacktestListener;
import io.tollgate.trading.engine.backtest.DropReason;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.SignalType;
import io.tollgate.trading.strategies.StrategyOutput;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;

/** Orders under way, in the order in which they were given; bounded. */
final class Orders {
  /** More at once are dropped. */
  private static final int MOST = 1_000;

  private final int delay;
  private final BacktestListener listener;
  private final List<PendingEntry> waiting = new ArrayList<>();

  Orders(int delay, BacktestListener listener) {
    this.delay = delay;
    this.listener = listener;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Takes what the strategy said at the close of a bar. */
  void take(StrategyOutput output, long index) {
    switch (output.type()) {
      case HOLD -> {}
      case HEDGE -> {
        add(hedge(output, SignalSide.BUY, index));
        add(hedge(output, SignalSide.SELL, index));
      }
      case OPEN, ADD -> output.side().ifPresent(side -> add(opening(output, side, index)));
      case CLOSE -> {
        if (output.side().isPresent()) {
          add(closing(output, output.side().get().opposite(), index));
        } else {
          add(closing(output, SignalSide.BUY, index));
          add(closing(output, SignalSide.SELL, index));
        }
      }
    }
  }

  private void add(PendingEntry order) {
    if (waiting.size() < MOST) {
      waiting.add(order);
    } else {
      listener.dropped(DropReason.POSITION_OPEN);
    }
  }

  private PendingEntry opening(StrategyOutput output, SignalSide side, long index) {
    boolean limit = output.pendingLimit() && output.entryPrice().isPresent();
    long due = index + (limit ? Math.max(1, delay) : delay);
    long last = due - 1 + (long) output.indicator(StrategyOutput.RETEST_BARS).orElse(1);
    return new PendingEntry(
        output.type(),
        side,
        due,
        Math.max(due, last),
        limit ? output.entryPrice().getAsDouble() : Double.NaN,
        level(output.stopLoss()),
        level(output.takeProfit()),
        output.indicator(StrategyOutput.OPEN_FRACTION).orElse(1));
  }

  private PendingEntry hedge(StrategyOutput output, SignalSide side, long index) {
    boolean buy = side == SignalSide.BUY;
    return new PendingEntry(
        SignalType.HEDGE,
        side,
        index + delay,
        index + delay,
        Double.NaN,
        level(
            output.indicator(buy ? StrategyOutput.LONG_STOP_LOSS : StrategyOutput.SHORT_STOP_LOSS)),
        level(
            output.indicator(
                buy ? StrategyOutput.LONG_TAKE_PROFIT : StrategyOutput.SHORT_TAKE_PROFIT)),
        output.indicator(StrategyOutput.OPEN_FRACTION).orElse(1));
  }

  private PendingEntry closing(StrategyOutput output, SignalSide side, long index) {
    return new PendingEntry(
        SignalType.CLOSE,
        side,
        index + delay,
        index + delay,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        output.indicator(StrategyOutput.CLOSE_FRACTION).orElse(1));
  }

  private static double level(OptionalDouble given) {
    return given.orElse(Double.NaN);
  }

  /** Fills what a bar's open fills, and limit orders that its prices reach. */
  void fillAt(long index, long time, double open, double high, double low, Book book) {
    for (Iterator<PendingEntry> rest = waiting.iterator(); rest.hasNext(); ) {
      PendingEntry order = rest.next();
      if (order.dueBar() > index) {
        continue;
      }
      double price = open;
      if (order.waitsForPrice()) {
        int sign = order.side().sign();
        if (sign * ((sign > 0 ? low : high) - order.limit()) > 0) {
          if (index >= order.lastBar()) {
            listener.dropped(DropReason.LIMIT_EXPIRED);
            rest.remove();
          }
          continue;
        }
        price = sign * (open - order.limit()) <= 0 ? open : order.limit();
      }
      rest.remove();
      book.fill(order, price, time, index);
    }
  }

  /** Fills what is due at the close of the bar at which it was given. */
  void fillAtClose(long index, long time, double close, Book book) {
    for (Iterator<PendingEntry> rest = waiting.iterator(); rest.hasNext(); ) {
      PendingEntry order = rest.next();
      if (order.dueBar() == index && !order.waitsForPrice()) {
        rest.remove();
        book.fill(order, close, time, -1);
      }
    }
  }

  /** Gives up new positions, while what closes goes on. */
  void dropEntries(DropReason reason) {
    for (Iterator<PendingEntry> rest = waiting.iterator(); rest.hasNext(); ) {
      if (rest.next().type() != SignalType.CLOSE) {
        listener.dropped(reason);
        rest.remove();
      }
    }
  }

  void dropAll(DropReason reason) {
    waiting.forEach(order -> listener.dropped(reason));
    waiting.clear();
  }
}
