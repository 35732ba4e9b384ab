package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Which order a channel is asked about.
 *
 * @param order the order's number at the channel
 * @param checkout {@link CreatedPayment#checkout}, where it is known
 */
public record PaymentReference(String order, Optional<String> checkout) {
  public PaymentReference {
    requireNonNull(order, "order is null");
    requireNonNull(checkout, "checkout is null");
  }
}
