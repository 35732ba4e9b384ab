package io.tollgate.trading.engine.execution;

import java.util.Set;

/** Where an order is, as our books have it. */
public enum BookedStatus {
  /** Reserved; nothing of it was sent. */
  PENDING,
  /** It is being sent, or was, and is not known to have arrived. */
  SUBMITTED,
  OPEN,
  PARTIAL,
  FILLED,
  CANCELLED,
  /** The exchange did not want it. */
  REJECTED,
  EXPIRED,
  /** It is at no exchange, for certain, and is not sent any more. */
  FAILED;

  /** Whether nothing more is done about it, fills that came late aside. */
  public boolean ended() {
    return switch (this) {
      case PENDING, SUBMITTED, OPEN, PARTIAL -> false;
      case FILLED, CANCELLED, REJECTED, EXPIRED, FAILED -> true;
    };
  }

  /**
   * Whether that may come next. The same again may; what an exchange shows of an order that was
   * taken for ended comes against this, and somebody is told.
   */
  public boolean canBecome(BookedStatus next) {
    return this == next || following().contains(next);
  }

  private Set<BookedStatus> following() {
    return switch (this) {
      case PENDING -> Set.of(SUBMITTED, REJECTED, FAILED, CANCELLED);
      case SUBMITTED -> Set.of(OPEN, FILLED, PARTIAL, REJECTED, FAILED, CANCELLED, EXPIRED);
      case OPEN -> Set.of(PARTIAL, FILLED, CANCELLED, EXPIRED);
      case PARTIAL -> Set.of(FILLED, CANCELLED, EXPIRED);
      case FILLED, CANCELLED, REJECTED, EXPIRED, FAILED -> Set.of();
    };
  }
}
