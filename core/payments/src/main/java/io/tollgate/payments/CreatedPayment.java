package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * How an order is paid.
 *
 * @param checkout what the channel calls its checkout, where it has a name of its own
 * @param payUrl where the payer goes
 * @param payCode what is shown as a QR code, where the channel works so
 * @param payParams what a client's own kit of the channel wants
 */
public record CreatedPayment(
    Optional<String> checkout,
    String payUrl,
    Optional<String> payCode,
    Map<String, String> payParams) {
  public CreatedPayment {
    requireNonNull(checkout, "checkout is null");
    requireNonNull(payUrl, "payUrl is null");
    requireNonNull(payCode, "payCode is null");
    payParams = Map.copyOf(payParams);
  }
}
