package io.tollgate.sandbox.internal.trading.book;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What an account holds of a futures symbol on one side. Exact: it keeps what was paid, not the
 * average. Confined to the event loop.
 */
public final class Position {
  private static final int DECIMALS = 8;
  private static final int ENTRY_DECIMALS = 10;
  static final BigDecimal MAINTENANCE = new BigDecimal("0.004");

  private final String symbol;
  private final PositionSide side;
  private BigDecimal quantity = BigDecimal.ZERO;
  private BigDecimal cost = BigDecimal.ZERO;
  private BigDecimal margin = BigDecimal.ZERO;
  private long updatedAt;

  Position(String symbol, PositionSide side) {
    this.symbol = symbol;
    this.side = side;
  }

  public String symbol() {
    return symbol;
  }

  public PositionSide side() {
    return side;
  }

  /** Signed: negative when short. */
  public BigDecimal quantity() {
    return quantity;
  }

  /** What the whole position was opened for, >= 0, in USDT. */
  public BigDecimal cost() {
    return cost;
  }

  /** What was put aside for it alone, in USDT; zero where the margin is shared. */
  public BigDecimal margin() {
    return margin;
  }

  public long updatedAt() {
    return updatedAt;
  }

  public boolean flat() {
    return quantity.signum() == 0;
  }

  public BigDecimal entry() {
    return flat()
        ? BigDecimal.ZERO
        : cost.divide(quantity.abs(), ENTRY_DECIMALS, RoundingMode.HALF_EVEN);
  }

  public BigDecimal notional(BigDecimal mark) {
    return quantity.abs().multiply(mark);
  }

  public BigDecimal unrealized(BigDecimal mark) {
    return quantity.multiply(mark).subtract(quantity.signum() < 0 ? cost.negate() : cost);
  }

  public BigDecimal maintenance(BigDecimal mark) {
    return notional(mark).multiply(MAINTENANCE);
  }

  /** Takes more on; {@code signed} has the position's sign. */
  void increase(BigDecimal signed, BigDecimal price, BigDecimal margin, long at) {
    quantity = quantity.add(signed);
    cost = cost.add(signed.abs().multiply(price));
    this.margin = this.margin.add(margin);
    updatedAt = at;
  }

  /**
   * Gives {@code amount} (at most all of it) back at a price.
   *
   * @return the profit that this realises; the cost taken is rounded half to even, the last one
   *     takes the rest
   */
  BigDecimal reduce(BigDecimal amount, BigDecimal price, long at) {
    BigDecimal whole = quantity.abs();
    boolean last = amount.compareTo(whole) >= 0;
    BigDecimal taken = last ? cost : share(cost, amount, whole);
    margin = last ? BigDecimal.ZERO : margin.subtract(share(margin, amount, whole));
    cost = cost.subtract(taken);
    BigDecimal proceeds = amount.multiply(price);
    BigDecimal profit = quantity.signum() > 0 ? proceeds.subtract(taken) : taken.subtract(proceeds);
    quantity = last ? BigDecimal.ZERO : reduced(amount);
    updatedAt = at;
    return profit;
  }

  private BigDecimal reduced(BigDecimal amount) {
    return quantity.signum() > 0 ? quantity.subtract(amount) : quantity.add(amount);
  }

  private static BigDecimal share(BigDecimal of, BigDecimal amount, BigDecimal whole) {
    return of.multiply(amount).divide(whole, DECIMALS, RoundingMode.HALF_EVEN);
  }

  /** Adds to what is put aside for it; negative: takes from it. */
  void addMargin(BigDecimal amount) {
    margin = margin.add(amount);
  }

  void restore(BigDecimal quantity, BigDecimal cost, BigDecimal margin, long updatedAt) {
    this.quantity = quantity;
    this.cost = cost;
    this.margin = margin;
    this.updatedAt = updatedAt;
  }
}
