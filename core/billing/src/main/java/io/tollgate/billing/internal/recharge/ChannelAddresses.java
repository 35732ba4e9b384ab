package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.payments.PaymentMethod;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where channels send notifications and payers go afterwards.
 *
 * @param base the public address, without a slash at the end
 * @param returning where payers go; empty: the public address
 */
public record ChannelAddresses(Supplier<String> base, Optional<String> returning) {
  public ChannelAddresses {
    requireNonNull(base, "base is null");
    requireNonNull(returning, "returning is null");
  }

  String notifyUrl(PaymentMethod method) {
    return base.get() + "/api/v1/billing/notify/" + method.code();
  }

  String returnUrl() {
    return returning.orElseGet(() -> base.get() + "/");
  }
}
