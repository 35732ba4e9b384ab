package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.OutboxEvent;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;

/** Whose event it is. */
record Subject(TenantId tenant, UserId user) {
  Subject {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
  }

  static Subject of(ReadyCall ready) {
    return new Subject(ready.tenant().id(), ready.user().user());
  }

  OutboxEvent event(String type, EventFields fields) {
    return OutboxEvent.billing(tenant, user, type, fields.json());
  }

  /** A message to the user. */
  OutboxEvent notification(String type, EventFields fields) {
    return OutboxEvent.notification(tenant, user, type, fields.json());
  }
}
