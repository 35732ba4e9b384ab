package io.tollgate.sandbox.internal.venue;

import java.math.BigDecimal;

/** An order that waits for a price, and then closes at the market. Confined to the event loop. */
public final class VenueConditional {
  private final long id;
  private final VenueOrder.Wish wish;
  private final BigDecimal trigger;
  private final boolean above;
  private final long createdAt;
  private State state = State.WAITING;

  /** Where it is. */
  public enum State {
    WAITING,
    TRIGGERED,
    CANCELLED,
    FAILED
  }

  VenueConditional(
      long id, VenueOrder.Wish wish, BigDecimal trigger, boolean above, long createdAt) {
    this.id = id;
    this.wish = wish;
    this.trigger = trigger;
    this.above = above;
    this.createdAt = createdAt;
  }

  public long id() {
    return id;
  }

  /** The order that it is to become; its own id is that of the waiting one. */
  public VenueOrder.Wish wish() {
    return wish;
  }

  public BigDecimal trigger() {
    return trigger;
  }

  /** Whether it waits for a price as high as the trigger, and not as low. */
  public boolean above() {
    return above;
  }

  public long createdAt() {
    return createdAt;
  }

  public State state() {
    return state;
  }

  void become(State to) {
    state = to;
  }

  boolean isReachedBy(BigDecimal price) {
    return above ? price.compareTo(trigger) >= 0 : price.compareTo(trigger) <= 0;
  }
}
