package io.tollgate.data;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;

/**
 * An event for others, written with the change it tells of.
 *
 * @param tenant whose event it is
 * @param subject where it is published, e.g. {@code billing.42}
 * @param type what happened, e.g. {@code balance.changed}
 * @param payload a JSON object
 */
public record OutboxEvent(TenantId tenant, String subject, String type, String payload) {
  public OutboxEvent {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(subject, "subject is null");
    requireNonNull(type, "type is null");
    requireNonNull(payload, "payload is null");
  }
}
