package io.tollgate.sandbox.internal.trading.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What goes wrong. */
public enum FaultAction {
  /** Done, and never answered; the connection is closed after {@code hold_ms}. */
  ACCEPT_THEN_TIMEOUT,
  /** Done, and answered with {@code status} (503) and {@code msg}. */
  ACCEPT_THEN_5XX,
  /** Done, and the connection is closed at once. */
  ACCEPT_THEN_DROP,
  /** Not done, and the connection is closed at once. */
  DROP_BEFORE,
  /** Not done, and answered with {@code status} (503) and {@code msg}. */
  FAIL_5XX_BEFORE,
  /** {@code ms} later; {@code when}: before (the usual) or after it is done. */
  DELAY,
  /** The server's time is {@code ms} further. */
  CLOCK_SKEW,
  /** 429, with {@code retry_after} seconds. */
  RATE_LIMIT,
  /** 418, with {@code retry_after} seconds. */
  BAN,
  /** Refused with {@code code}. */
  REJECT,
  /** {@code fraction} is filled; {@code then} rest, cancel or fill_after_ms (with {@code ms}). */
  PARTIAL,
  /** The order is not found for {@code ms}. */
  STALE_QUERY,
  /** The order is filled as it is cancelled. */
  LATE_FILL,
  /** WebSockets are closed, and refused for {@code ms}. */
  DROP_WS;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** As it is named in the steering. */
  public String text() {
    return text;
  }

  public static Optional<FaultAction> of(String text) {
    return Arrays.stream(values()).filter(action -> action.text.equals(text)).findFirst();
  }

  static List<String> known() {
    return Arrays.stream(values()).map(FaultAction::text).toList();
  }
}
