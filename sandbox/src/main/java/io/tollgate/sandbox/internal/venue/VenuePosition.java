package io.tollgate.sandbox.internal.venue;

import java.math.BigDecimal;
import java.math.MathContext;

/** A position in a contract. Confined to the event loop. */
public final class VenuePosition {
  private final Listed listed;
  private final String side;
  private BigDecimal size = BigDecimal.ZERO;
  private BigDecimal entry = BigDecimal.ZERO;

  VenuePosition(Listed listed, String side) {
    this.listed = listed;
    this.side = side;
  }

  public Listed listed() {
    return listed;
  }

  /** LONG, SHORT, or empty in one-way mode. */
  public String side() {
    return side;
  }

  /** In the base coin, negative when it is short. */
  public BigDecimal size() {
    return size;
  }

  public BigDecimal entry() {
    return entry;
  }

  /** What it would bring at a price. */
  public BigDecimal gain(BigDecimal price) {
    return size.multiply(price.subtract(entry));
  }

  /**
   * Trades it.
   *
   * @param change in the base coin, negative when it is sold
   * @return what the part that is closed brings
   */
  BigDecimal trade(BigDecimal change, BigDecimal price) {
    BigDecimal after = size.add(change);
    boolean grows = size.signum() == 0 || size.signum() == change.signum();
    if (grows) {
      entry =
          size.abs()
              .multiply(entry)
              .add(change.abs().multiply(price))
              .divide(after.abs(), MathContext.DECIMAL64);
      size = after;
      return BigDecimal.ZERO;
    }
    BigDecimal closed = change.abs().min(size.abs());
    BigDecimal gain =
        closed.multiply(price.subtract(entry)).multiply(BigDecimal.valueOf(size.signum()));
    if (after.signum() != 0 && after.signum() != size.signum()) {
      entry = price;
    }
    size = after;
    return gain;
  }
}
