package io.tollgate.billing;

import io.tollgate.ground.AdminId;
import io.tollgate.ground.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * Something about a recharge that somebody has to look at: a second payment, a wrong amount, a
 * difference between a bill and the orders.
 *
 * @param kind what is the matter
 * @param order the order's number in our tables, where it is known
 * @param comparison the comparison that found it
 * @param state {@code open}, {@code taken} or {@code closed}
 * @param owner whose it is
 * @param action what was done about it
 */
public record RechargeCase(
    long id,
    String kind,
    String subject,
    Optional<TenantId> tenant,
    Optional<Long> order,
    Optional<Long> comparison,
    String method,
    String detail,
    String state,
    Optional<AdminId> owner,
    Optional<String> action,
    Optional<String> note,
    Instant createdAt,
    Instant updatedAt) {
  /** Which cases are in a list. */
  public record Filter(
      Optional<TenantId> tenant,
      Optional<String> kind,
      Optional<String> state,
      Optional<Long> comparison) {}
}
