package io.tollgate.trading.engine.backtest.internal;

import io.tollgate.trading.strategies.SignalSide;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** An open position: exact sums for what is booked, doubles for what is compared with bars. */
final class Position {
  /** Places to which parts of a sum are rounded; what is left stays with the rest. */
  static final int PLACES = 12;

  final SignalSide side;
  final long entryTime;

  /** Bar whose open filled it; its open is no gap for it. */
  final long entryBar;

  /** Whether its bar's best price may have been before the fill: it then counts for nothing. */
  boolean filledWithin;

  BigDecimal quantity = BigDecimal.ZERO;
  BigDecimal cost = BigDecimal.ZERO;
  BigDecimal fees = BigDecimal.ZERO;
  BigDecimal funding = BigDecimal.ZERO;

  /** NaN where there is none. */
  double stop = Double.NaN;

  double target = Double.NaN;
  double liquidation = Double.NaN;

  /** The nearest of the levels that protect, of which the stop is one. */
  double protection = Double.NaN;

  double trailing = Double.NaN;

  /** Price from which a stop follows; NaN where none does. */
  double activation = Double.NaN;

  BigDecimal trailingDistance = BigDecimal.ZERO;

  /** Best price since the entry. */
  double best;

  double quantityMeasure;
  double costMeasure;

  Position(SignalSide side, long entryTime, long entryBar) {
    this.side = side;
    this.entryTime = entryTime;
    this.entryBar = entryBar;
  }

  void add(BigDecimal price, BigDecimal more, BigDecimal fee) {
    quantity = quantity.add(more);
    cost = cost.add(price.multiply(more));
    fees = fees.add(fee);
    measure();
  }

  /** Takes out what is sold: the part's own share of the sums, all of it when all is sold. */
  Position part(BigDecimal sold) {
    Position part = new Position(side, entryTime, entryBar);
    part.stop = stop;
    part.target = target;
    part.cost = shareOf(cost, sold);
    part.fees = shareOf(fees, sold);
    part.funding = shareOf(funding, sold);
    part.quantity = sold;
    quantity = quantity.subtract(sold);
    cost = cost.subtract(part.cost);
    fees = fees.subtract(part.fees);
    funding = funding.subtract(part.funding);
    measure();
    return part;
  }

  private BigDecimal shareOf(BigDecimal sum, BigDecimal sold) {
    return sold.compareTo(quantity) == 0
        ? sum
        : sum.multiply(sold).divide(quantity, PLACES, RoundingMode.HALF_EVEN);
  }

  BigDecimal entryPrice() {
    return mean(cost, quantity);
  }

  private static BigDecimal mean(BigDecimal cost, BigDecimal quantity) {
    BigDecimal price = cost.divide(quantity, PLACES, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return price.scale() < 0 ? price.setScale(0) : price;
  }

  private void measure() {
    quantityMeasure = quantity.doubleValue();
    costMeasure = cost.doubleValue();
  }

  double openProfit(double price) {
    return side.sign() * (price * quantityMeasure - costMeasure);
  }
}
