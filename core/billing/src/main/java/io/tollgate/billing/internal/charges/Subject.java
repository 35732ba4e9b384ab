package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.OutboxEvent;
import io.tollgate.ground.TenantId;

/**
 * Whose event it is: of the first tenant's users by the user alone, of others' by the tenant too.
 *
 * @param user the external id
 */
record Subject(TenantId tenant, String user) {
  private static final long FIRST_TENANT = 1;

  Subject {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
  }

  static Subject of(ReadyCall ready) {
    return new Subject(ready.tenant().id(), ready.waiting().call.user());
  }

  OutboxEvent event(String type, EventFields fields) {
    String subject =
        tenant.value() == FIRST_TENANT ? "billing." + user : "billing." + tenant + "." + user;
    return new OutboxEvent(tenant, subject, type, fields.json(this));
  }

  /** A message to the user. */
  OutboxEvent notification(String type, EventFields fields) {
    return new OutboxEvent(tenant, "user." + user + ".notifications", type, fields.json(this));
  }
}
