package io.tollgate.sandbox.internal.trading.book;

import java.math.BigDecimal;
import java.util.OptionalLong;

/** An order that waits for a price before it is one. Confined to the event loop. */
public final class AlgoOrder {
  private final long id;
  private final OrderRequest request;
  private final String clientId;
  private final long createdAt;
  private Status status = Status.NEW;
  private long updatedAt;
  private OptionalLong orderId = OptionalLong.empty();

  /** Where it is. */
  public enum Status {
    NEW,
    TRIGGERED,
    FINISHED,
    CANCELED,
    EXPIRED,
    REJECTED
  }

  AlgoOrder(long id, OrderRequest request, String clientId, long createdAt) {
    this.id = id;
    this.request = request;
    this.clientId = clientId;
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
  }

  public long id() {
    return id;
  }

  public OrderRequest request() {
    return request;
  }

  public String clientId() {
    return clientId;
  }

  public long createdAt() {
    return createdAt;
  }

  public long updatedAt() {
    return updatedAt;
  }

  public Status status() {
    return status;
  }

  /** The order that it became. */
  public OptionalLong orderId() {
    return orderId;
  }

  public boolean open() {
    return status == Status.NEW;
  }

  public BigDecimal trigger() {
    return request.trigger().orElse(BigDecimal.ZERO);
  }

  /** Whether a price sets it off: a stop when the price is as bad as it says, or worse. */
  boolean triggeredAt(BigDecimal price) {
    return request.setOffAt(price);
  }

  void become(Status as, OptionalLong order, long at) {
    status = as;
    orderId = order;
    updatedAt = at;
  }
}
