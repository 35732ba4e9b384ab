package io.tollgate.trading.exchange.internal.rates;

import java.time.Duration;

/** Whether a call may be sent now. */
public sealed interface Admission {
  record Go() implements Admission {}

  /** Its budget is used up, or the exchange said to wait. */
  record Wait(Duration length) implements Admission {}

  /** The address is shut out. */
  record ShutOut(Duration length) implements Admission {}
}
