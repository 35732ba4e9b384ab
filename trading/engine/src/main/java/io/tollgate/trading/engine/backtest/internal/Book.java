package io.tollgate.trading.engine.backtest.internal;

import io.tollgate.trading.engine.backtest.BacktestListener;
import io.tollgate.trading.engine.backtest.BacktestTerms;
import io.tollgate.trading.engine.backtest.DropReason;
import io.tollgate.trading.engine.backtest.ExitReason;
import io.tollgate.trading.engine.backtest.OnOpposite;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.SignalType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The open positions, at most one of each side, and how orders change them. */
final class Book {
  private final BacktestTerms terms;
  private final BacktestListener listener;
  private final Account account;
  private final EntrySize size;
  private final Exits exits;
  private @Nullable Position longs;
  private @Nullable Position shorts;

  Book(BacktestTerms terms, BacktestListener listener, Account account) {
    this.terms = terms;
    this.listener = listener;
    this.account = account;
    this.size = new EntrySize(terms);
    this.exits = new Exits(terms);
  }

  boolean isEmpty() {
    return longs == null && shorts == null;
  }

  @Nullable Position of(SignalSide side) {
    return side == SignalSide.BUY ? longs : shorts;
  }

  /** Profit of all that is open, at a price. */
  double openProfit(double price) {
    double profit = 0;
    if (longs != null) {
      profit += longs.openProfit(price);
    }
    if (shorts != null) {
      profit += shorts.openProfit(price);
    }
    return profit;
  }

  void fund(double price, BigDecimal rate) {
    if (longs != null) {
      account.fund(longs, price, rate);
    }
    if (shorts != null) {
      account.fund(shorts, price, rate);
    }
  }

  /** Ends what a bar's prices end. */
  void exit(long index, long time, double atOpen, double high, double low) {
    if (longs != null) {
      exit(longs, index, time, atOpen, high, low);
    }
    if (shorts != null) {
      exit(shorts, index, time, atOpen, high, low);
    }
  }

  private void exit(
      Position position, long index, long time, double atOpen, double high, double low) {
    ExitReason reason = exits.find(position, index, atOpen, high, low);
    if (reason != null) {
      close(position, exits.price(), time, reason);
    }
  }

  private void set(SignalSide side, @Nullable Position position) {
    if (side == SignalSide.BUY) {
      longs = position;
    } else {
      shorts = position;
    }
  }

  /** Ends everything at a price. */
  void end(double price, long time) {
    for (SignalSide side : SignalSide.values()) {
      Position position = of(side);
      if (position != null) {
        close(position, price, time, ExitReason.END);
      }
    }
  }

  /**
   * Fills an order at a price.
   *
   * @param entryBar whose open is no gap for the position; none when filled at a close
   */
  void fill(PendingEntry order, double price, long time, long entryBar) {
    switch (order.type()) {
      case CLOSE -> reduce(order, price, time);
      case OPEN, HEDGE -> enter(order, price, time, entryBar);
      case ADD -> add(order, price);
      case HOLD -> throw new IllegalStateException("an order to hold");
    }
  }

  private void close(Position position, double price, long time, ExitReason reason) {
    set(position.side, null);
    account.close(position.part(position.quantity), price, time, reason);
  }

  private void reduce(PendingEntry order, double price, long time) {
    Position position = of(order.side());
    if (position == null) {
      listener.dropped(DropReason.NO_POSITION);
      return;
    }
    BigDecimal quantity = size.part(position.quantity, order.fraction());
    if (quantity.signum() == 0) {
      listener.dropped(DropReason.TOO_SMALL);
    } else if (quantity.compareTo(position.quantity) == 0) {
      close(position, price, time, ExitReason.SIGNAL);
    } else {
      account.close(position.part(quantity), price, time, ExitReason.SIGNAL);
    }
  }

  private void add(PendingEntry order, double price) {
    Position position = of(order.side());
    if (position == null) {
      listener.dropped(DropReason.NO_POSITION);
      return;
    }
    double stop = Double.isNaN(order.stop()) ? position.stop : order.stop();
    BigDecimal paid = account.fillPrice(price, order.side().sign() > 0);
    BigDecimal quantity = quantityOf(order, paid, stop);
    if (quantity.signum() > 0) {
      account.enter(position, paid, quantity);
      position.stop = stop;
      position.target = Double.isNaN(order.target()) ? position.target : order.target();
      exits.entered(position);
    }
  }

  private void enter(PendingEntry order, double price, long time, long entryBar) {
    SignalSide side = order.side();
    Position other = of(side.opposite());
    boolean pair = order.type() == SignalType.HEDGE;
    boolean both = pair || terms.onOpposite() == OnOpposite.HEDGE;
    if (of(side) != null || other != null && !fits(other, pair, time)) {
      listener.dropped(DropReason.POSITION_OPEN);
      return;
    }
    int sign = side.sign();
    if (sign * (price - order.stop()) <= 0 || sign * (price - order.target()) >= 0) {
      listener.dropped(DropReason.LEVEL_PASSED);
      return;
    }
    BigDecimal paid = account.fillPrice(price, sign > 0);
    double entry = paid.doubleValue();
    double reward = Math.abs(order.target() - entry);
    if (terms.minRiskReward() > 0
        && !(reward >= terms.minRiskReward() * Math.abs(entry - order.stop()))) {
      listener.dropped(DropReason.RISK_REWARD);
      return;
    }
    if (other != null && !both) {
      close(other, price, time, ExitReason.SIGNAL);
    }
    BigDecimal quantity = quantityOf(order, paid, order.stop());
    if (quantity.signum() > 0) {
      Position position = new Position(side, time, entryBar);
      position.stop = order.stop();
      position.target = order.target();
      position.filledWithin = order.waitsForPrice() && price == order.limit();
      account.enter(position, paid, quantity);
      position.best = entry;
      exits.entered(position);
      set(side, position);
    }
  }

  /** Whether a position may be entered beside another, or in its place. */
  private boolean fits(Position other, boolean pair, long time) {
    return switch (terms.onOpposite()) {
      case HEDGE -> true;
      case REVERSE -> !pair || other.entryTime == time;
      case IGNORE -> pair && other.entryTime == time;
    };
  }

  private BigDecimal quantityOf(PendingEntry order, BigDecimal price, double stop) {
    if (size.byStop() && Double.isNaN(stop)) {
      listener.dropped(DropReason.NO_STOP);
      return BigDecimal.ZERO;
    }
    BigDecimal quantity = size.of(price, stop, account.balance(), order.fraction());
    if (quantity.signum() == 0) {
      listener.dropped(DropReason.TOO_SMALL);
    }
    return quantity;
  }
}
