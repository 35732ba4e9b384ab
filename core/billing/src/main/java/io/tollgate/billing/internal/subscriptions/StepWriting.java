package io.tollgate.billing.internal.subscriptions;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.identity.UserAccess;
import java.time.Instant;

/**
 * Writes down what happened to a subscription: its step and its row, what its user may ask for from
 * now on, and an event that tells of it.
 */
final class StepWriting {
  private final UserAccess access;
  private final SubscriptionEvents events;

  StepWriting(UserAccess access, SubscriptionEvents events) {
    this.access = requireNonNull(access, "access is null");
    this.events = requireNonNull(events, "events is null");
  }

  void write(Transaction transaction, Held held, Step step, Instant now) {
    SubscriptionTable.insert(transaction, held, step, now);
    SubscriptionTable.update(transaction, held);
    if (held.isOver()) {
      access.clear(transaction, held.tenant(), held.user());
    } else {
      access.assign(transaction, held.tenant(), held.user(), held.plan());
    }
    events.stepped(transaction, held, step);
  }
}
