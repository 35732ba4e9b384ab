package io.tollgate.sandbox.internal.trading.book;

import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Quotes;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** An order that the exchange has taken. Confined to the event loop. */
public final class Order {
  private static final int AVERAGE_DECIMALS = 8;

  private final long id;
  private final OrderRequest request;
  private final String clientId;
  private final BigDecimal quantity;
  private final long createdAt;
  private BigDecimal filled = BigDecimal.ZERO;
  private BigDecimal turnover = BigDecimal.ZERO;
  private OrderStatus status = OrderStatus.NEW;
  private long updatedAt;
  private Steering steering = Steering.NONE;
  private boolean setOff;

  /**
   * How a fault steers it.
   *
   * @param hiddenUntil real time until which a query does not find it
   * @param fillsWhenCancelled whether a cancel comes too late
   * @param frozen whether it rests without being filled by the market
   * @param restFillsAt real time at which the rest of it is filled; 0 where it is not
   */
  public record Steering(
      long hiddenUntil, boolean fillsWhenCancelled, boolean frozen, long restFillsAt) {
    public static final Steering NONE = new Steering(0, false, false, 0);

    public Steering hidden(long until) {
      return new Steering(until, fillsWhenCancelled, frozen, restFillsAt);
    }

    public Steering late() {
      return new Steering(hiddenUntil, true, frozen, restFillsAt);
    }

    public Steering freeze(boolean freeze) {
      return new Steering(hiddenUntil, fillsWhenCancelled, freeze, restFillsAt);
    }

    public Steering restFills(long at) {
      return new Steering(hiddenUntil, fillsWhenCancelled, frozen, at);
    }
  }

  Order(long id, OrderRequest request, String clientId, BigDecimal quantity, long createdAt) {
    this.id = id;
    this.request = request;
    this.clientId = clientId;
    this.quantity = quantity;
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
  }

  public long id() {
    return id;
  }

  public OrderRequest request() {
    return request;
  }

  public Instrument instrument() {
    return request.instrument();
  }

  public String symbol() {
    return request.instrument().symbol();
  }

  public Side side() {
    return request.side();
  }

  public String clientId() {
    return clientId;
  }

  /** What was asked for, in the base coin. */
  public BigDecimal quantity() {
    return quantity;
  }

  /** The limit; zero where there is none. */
  public BigDecimal price() {
    return request.price().orElse(BigDecimal.ZERO);
  }

  public BigDecimal filled() {
    return filled;
  }

  public BigDecimal remaining() {
    return quantity.subtract(filled);
  }

  /** What was paid or received for what is filled, in the quote coin. */
  public BigDecimal turnover() {
    return turnover;
  }

  public OrderStatus status() {
    return status;
  }

  public boolean open() {
    return status.open();
  }

  public long createdAt() {
    return createdAt;
  }

  public long updatedAt() {
    return updatedAt;
  }

  /** Whether it rests until a price is reached, and was not yet. */
  public boolean waits() {
    return request.type().waitsOnSpot() && !setOff;
  }

  boolean isSetOff() {
    return setOff;
  }

  void setOff(boolean to) {
    setOff = to;
  }

  public Steering steering() {
    return steering;
  }

  public void steer(Steering to) {
    steering = to;
  }

  /** The mean price of what is filled; zero where nothing is. */
  public BigDecimal average() {
    return filled.signum() == 0
        ? BigDecimal.ZERO
        : turnover
            .divide(filled, MathContext.DECIMAL64)
            .setScale(AVERAGE_DECIMALS, RoundingMode.HALF_UP);
  }

  void fill(BigDecimal price, BigDecimal amount, long at) {
    filled = filled.add(amount);
    turnover = turnover.add(price.multiply(amount));
    status = remaining().signum() <= 0 ? OrderStatus.FILLED : OrderStatus.PARTIALLY_FILLED;
    updatedAt = at;
  }

  void end(OrderStatus as, long at) {
    status = as;
    updatedAt = at;
  }

  /** Puts back what a journal tells of it. */
  void restore(BigDecimal filled, BigDecimal turnover, OrderStatus status, long updatedAt) {
    this.filled = filled;
    this.turnover = turnover;
    this.status = status;
    this.updatedAt = updatedAt;
  }

  /** Whether a market price lets it be filled. */
  boolean touched(Quotes quotes) {
    return request.buys()
        ? quotes.ask().compareTo(price()) <= 0
        : quotes.bid().compareTo(price()) >= 0;
  }
}
