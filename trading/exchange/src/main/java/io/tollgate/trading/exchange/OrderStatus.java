package io.tollgate.trading.exchange;

/** What an exchange says of an order that it has. */
public enum OrderStatus {
  OPEN,
  PARTIAL,
  FILLED,
  CANCELLED,
  REJECTED,
  EXPIRED;

  /** Whether nothing of it can fill any more. */
  public boolean ended() {
    return switch (this) {
      case OPEN, PARTIAL -> false;
      case FILLED, CANCELLED, REJECTED, EXPIRED -> true;
    };
  }
}
