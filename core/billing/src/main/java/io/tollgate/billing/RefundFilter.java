package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.payments.PaymentMethod;
import java.time.Instant;
import java.util.Optional;

/**
 * Which refunds are listed; what is empty does not filter.
 *
 * @param method of refunds of recharges
 * @param start created then or later
 * @param end created before
 */
public record RefundFilter(
    Optional<ListedRefund.Kind> kind,
    Optional<TenantId> tenant,
    Optional<UserId> user,
    Optional<RechargeRefund.State> state,
    Optional<PaymentMethod> method,
    Optional<Instant> start,
    Optional<Instant> end) {
  public RefundFilter {
    requireNonNull(kind, "kind is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(state, "state is null");
    requireNonNull(method, "method is null");
    requireNonNull(start, "start is null");
    requireNonNull(end, "end is null");
  }
}
