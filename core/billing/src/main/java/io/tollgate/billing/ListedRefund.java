package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.payments.PaymentMethod;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What was given back, of whichever sort.
 *
 * @param id of a recharge its own; of a charge the charge's
 * @param subject what is given back: the order's id, or the charge's
 * @param order of a recharge: the order's number in our tables
 * @param service of a service's charge: which one
 * @param amount money
 * @param quota what came back of free quota beside it: tokens, or calls of the service
 * @param admin who decided it, where an administrator did
 * @param channelRefund what the payment channel calls it
 * @param detail what the payment channel says of it
 * @param attempts how often the payment channel was asked in vain
 * @param nextTry when it is asked again by itself
 * @param transfer once it is in the books; never where no money and no quota was paid
 */
public record ListedRefund(
    Kind kind,
    UUID id,
    TenantId tenant,
    UserId user,
    String subject,
    OptionalLong order,
    Optional<PaymentMethod> method,
    Optional<String> service,
    Amount amount,
    long quota,
    String reason,
    Optional<AdminId> admin,
    RechargeRefund.State state,
    Optional<String> channelRefund,
    String detail,
    int attempts,
    Optional<Instant> nextTry,
    Optional<UUID> transfer,
    Instant createdAt,
    Instant updatedAt) {
  /** Of what it is. */
  public enum Kind {
    /** A payment that goes back by its channel. */
    RECHARGE,
    /** What a request of the relay was charged. */
    REQUEST,
    /** What a call of a service was charged. */
    SERVICE;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ListedRefund {
    requireNonNull(kind, "kind is null");
    requireNonNull(id, "id is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(subject, "subject is null");
    requireNonNull(order, "order is null");
    requireNonNull(method, "method is null");
    requireNonNull(service, "service is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(admin, "admin is null");
    requireNonNull(state, "state is null");
    requireNonNull(channelRefund, "channelRefund is null");
    requireNonNull(detail, "detail is null");
    requireNonNull(nextTry, "nextTry is null");
    requireNonNull(transfer, "transfer is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }
}
