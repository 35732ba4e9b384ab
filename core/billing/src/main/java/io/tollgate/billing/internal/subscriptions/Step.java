package io.tollgate.billing.internal.subscriptions;

import io.tollgate.billing.Subscriptions.By;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What happened to a subscription, and what was booked with it. */
record Step(
    Kind kind, long paid, Optional<UUID> payment, long tokens, Optional<UUID> grant, By by) {
  enum Kind {
    BOUGHT,
    RENEWED,
    WINDOW,
    UPGRADED,
    PLANNED,
    GRACE,
    CANCELLED,
    RESUMED,
    PROLONGED,
    ENDED,
    STOPPED;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One with which nothing was booked. */
  static Step of(Kind kind, By by) {
    return new Step(kind, 0, Optional.empty(), 0, Optional.empty(), by);
  }
}
