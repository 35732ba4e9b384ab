package io.tollgate.sandbox.internal.venue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** An order and what became of it. Confined to the event loop. */
public final class VenueOrder {
  private final long id;
  private final Wish wish;
  private final long createdAt;
  private final long visibleAt;
  private BigDecimal filled = BigDecimal.ZERO;
  private BigDecimal cost = BigDecimal.ZERO;
  private long updatedAt;
  private State state = State.OPEN;

  /** Where it is. */
  public enum State {
    OPEN,
    FILLED,
    CANCELLED,
    /** Ended by its time in force. */
    EXPIRED
  }

  /** How long what is not filled stays. */
  public enum Lasts {
    GTC,
    IOC,
    FOK,
    POST_ONLY
  }

  /**
   * What was asked for.
   *
   * @param ownId as sent, or empty
   * @param quantity in the base coin
   * @param price none for a market order
   * @param position LONG, SHORT, or empty in one-way mode
   */
  public record Wish(
      String ownId,
      Listed listed,
      boolean buys,
      BigDecimal quantity,
      Optional<BigDecimal> price,
      Lasts lasts,
      String position,
      boolean reduceOnly) {
    /** The same under another own id. */
    Wish named(String other) {
      return new Wish(other, listed, buys, quantity, price, lasts, position, reduceOnly);
    }
  }

  VenueOrder(long id, Wish wish, long createdAt, long visibleAt) {
    this.id = id;
    this.wish = wish;
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
    this.visibleAt = visibleAt;
  }

  void fill(BigDecimal quantity, BigDecimal price, long now) {
    filled = filled.add(quantity);
    cost = cost.add(quantity.multiply(price));
    updatedAt = now;
    if (rest().signum() == 0) {
      state = State.FILLED;
    }
  }

  void end(State ended, long now) {
    state = ended;
    updatedAt = now;
  }

  public long id() {
    return id;
  }

  public Wish wish() {
    return wish;
  }

  public State state() {
    return state;
  }

  public BigDecimal filled() {
    return filled;
  }

  public BigDecimal rest() {
    return wish.quantity().subtract(filled);
  }

  /** Of what is filled; 0 when nothing is. */
  public BigDecimal averagePrice() {
    return filled.signum() == 0 ? BigDecimal.ZERO : cost.divide(filled, MathContext.DECIMAL64);
  }

  /** In the quote coin. */
  public BigDecimal cost() {
    return cost;
  }

  public long createdAt() {
    return createdAt;
  }

  public long updatedAt() {
    return updatedAt;
  }

  /** Whether questions are answered with it yet. */
  boolean isVisible(long now) {
    return now >= visibleAt;
  }
}
