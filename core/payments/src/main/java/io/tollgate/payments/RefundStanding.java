package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A refund as the channel has it.
 *
 * @param channelRefund what the channel calls it
 * @param detail what the channel says of it, for people
 */
public record RefundStanding(RefundState state, Optional<String> channelRefund, String detail) {
  public RefundStanding {
    requireNonNull(state, "state is null");
    requireNonNull(channelRefund, "channelRefund is null");
    requireNonNull(detail, "detail is null");
  }
}
