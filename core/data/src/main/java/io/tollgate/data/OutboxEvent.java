package io.tollgate.data;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.Optional;

/**
 * An event for others, written with the change it tells of.
 *
 * @param tenant whose event it is
 * @param user whose event it is, where it is a user's
 * @param subject what it belongs to, e.g. {@code billing}
 * @param type what happened, e.g. {@code balance.changed}
 * @param fields a JSON object with what is told; who, when and which version is added when it is
 *     delivered
 */
public record OutboxEvent(
    TenantId tenant, Optional<UserId> user, String subject, String type, String fields) {
  /** The subject of what concerns a user's money and quota. */
  public static final String BILLING = "billing";

  /** The subject of messages to a user. */
  public static final String NOTIFICATIONS = "notifications";

  public OutboxEvent {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(subject, "subject is null");
    requireNonNull(type, "type is null");
    requireNonNull(fields, "fields is null");
  }

  /** What concerns a user's money and quota. */
  public static OutboxEvent billing(TenantId tenant, UserId user, String type, String fields) {
    return new OutboxEvent(tenant, Optional.of(user), BILLING, type, fields);
  }

  /** A message to a user. */
  public static OutboxEvent notification(TenantId tenant, UserId user, String type, String fields) {
    return new OutboxEvent(tenant, Optional.of(user), NOTIFICATIONS, type, fields);
  }

  /** An event of a tenant. */
  public static OutboxEvent of(TenantId tenant, String subject, String type, String fields) {
    return new OutboxEvent(tenant, Optional.empty(), subject, type, fields);
  }
}
