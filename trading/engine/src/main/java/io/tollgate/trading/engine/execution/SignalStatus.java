package io.tollgate.trading.engine.execution;

import java.util.Locale;
import java.util.Set;

/** How far a signal has come; passed and executed: for one account at least. */
public enum SignalStatus {
  PENDING,
  RISK_CHECKING,
  PASSED,
  REJECTED,
  DISPATCHED,
  EXECUTING,
  EXECUTED,
  FAILED,
  CANCELLED,
  EXPIRED;

  /** As interfaces write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing more comes of it. */
  public boolean ended() {
    return following().isEmpty();
  }

  /** Whether that may come next; the same again may, unless it has ended. */
  public boolean canBecome(SignalStatus next) {
    return this == next ? !ended() : following().contains(next);
  }

  private Set<SignalStatus> following() {
    return switch (this) {
      case PENDING -> Set.of(RISK_CHECKING, CANCELLED, EXPIRED);
      case RISK_CHECKING -> Set.of(PASSED, REJECTED);
      case PASSED -> Set.of(DISPATCHED, CANCELLED, EXPIRED);
      case DISPATCHED -> Set.of(EXECUTING, FAILED, CANCELLED);
      case EXECUTING -> Set.of(EXECUTED, FAILED);
      case REJECTED, EXECUTED, FAILED, CANCELLED, EXPIRED -> Set.of();
    };
  }
}
