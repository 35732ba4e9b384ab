package io.tollgate.trading.engine.backtest.internal;

import io.tollgate.trading.engine.backtest.BacktestListener;
import io.tollgate.trading.engine.backtest.BacktestTerms;
import io.tollgate.trading.engine.backtest.BacktestTrade;
import io.tollgate.trading.engine.backtest.ExitReason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/** The balance and what changes it: fills and funding. Every change is exact. */
final class Account {
  private final BacktestTerms terms;
  private final BacktestListener listener;
  private final BigDecimal dearer;
  private final BigDecimal cheaper;
  private BigDecimal balance;
  private BigDecimal fees = BigDecimal.ZERO;
  private BigDecimal funding = BigDecimal.ZERO;
  private double measure;
  private long trades;
  private int losses;

  Account(BacktestTerms terms, BacktestListener listener) {
    this.terms = terms;
    this.listener = listener;
    BigDecimal slippage = terms.slippagePct().movePointLeft(2);
    this.dearer = BigDecimal.ONE.add(slippage);
    this.cheaper = BigDecimal.ONE.subtract(slippage);
    this.balance = terms.initialBalance();
    this.measure = balance.doubleValue();
  }

  /** What is paid or got at a price after slippage. */
  BigDecimal fillPrice(double price, boolean buying) {
    return BigDecimal.valueOf(price).multiply(buying ? dearer : cheaper);
  }

  void enter(Position position, BigDecimal price, BigDecimal quantity) {
    BigDecimal fee = price.multiply(quantity).multiply(terms.commissionRate());
    position.add(price, quantity, fee);
    fees = fees.add(fee);
    book(fee.negate());
  }

  void fund(Position position, double price, BigDecimal rate) {
    BigDecimal notional = BigDecimal.valueOf(price).multiply(position.quantity);
    BigDecimal paid = notional.multiply(rate);
    if (position.side.sign() < 0) {
      paid = paid.negate();
    }
    position.funding = position.funding.add(paid);
    funding = funding.add(paid);
    book(paid.negate());
  }

  /** Closes a part that was taken out of its position. */
  void close(Position part, double level, long time, ExitReason reason) {
    boolean buying = part.side.sign() < 0;
    BigDecimal price = fillPrice(level, buying);
    BigDecimal notional = price.multiply(part.quantity);
    BigDecimal fee = notional.multiply(terms.commissionRate());
    BigDecimal gross = buying ? part.cost.subtract(notional) : notional.subtract(part.cost);
    BigDecimal pnl = gross.subtract(part.fees).subtract(fee).subtract(part.funding);
    fees = fees.add(fee);
    book(gross.subtract(fee));
    losses = pnl.signum() > 0 ? 0 : losses + 1;
    listener.closed(
        new BacktestTrade(
            ++trades,
            part.side,
            part.entryPrice(),
            part.entryTime,
            price,
            time,
            part.quantity,
            optional(part.stop),
            optional(part.target),
            reason,
            part.fees.add(fee),
            part.funding,
            pnl,
            part.cost.divide(terms.leverage(), Position.PLACES, RoundingMode.HALF_EVEN)));
  }

  private static OptionalDouble optional(double level) {
    return Double.isNaN(level) ? OptionalDouble.empty() : OptionalDouble.of(level);
  }

  private void book(BigDecimal change) {
    balance = balance.add(change);
    measure = balance.doubleValue();
  }

  BigDecimal balance() {
    return balance;
  }

  BigDecimal fees() {
    return fees;
  }

  BigDecimal funding() {
    return funding;
  }

  /** The balance as a double. */
  double measure() {
    return measure;
  }

  /** Losers in a row. */
  int losses() {
    return losses;
  }
}
