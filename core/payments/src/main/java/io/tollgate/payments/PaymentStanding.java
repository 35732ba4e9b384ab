package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * An order as the channel has it.
 *
 * @param payments every payment that was made of it, the first one first
 */
public record PaymentStanding(PaymentState state, List<ChannelPayment> payments) {
  public PaymentStanding {
    requireNonNull(state, "state is null");
    payments = List.copyOf(payments);
  }

  public static PaymentStanding unpaid(PaymentState state) {
    return new PaymentStanding(state, List.of());
  }

  public static PaymentStanding paid(ChannelPayment payment) {
    return new PaymentStanding(PaymentState.PAID, List.of(payment));
  }
}
