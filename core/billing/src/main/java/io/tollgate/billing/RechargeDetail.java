package io.tollgate.billing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An order with everything that happened to it. */
public record RechargeDetail(
    RechargeOrder order,
    String channelOrder,
    List<Transition> transitions,
    List<RechargePayment> payments,
    List<RechargeRefund> refunds,
    List<Notice> notices) {
  public RechargeDetail {
    transitions = List.copyOf(transitions);
    payments = List.copyOf(payments);
    refunds = List.copyOf(refunds);
    notices = List.copyOf(notices);
  }

  /**
   * A step of its state machine.
   *
   * @param from empty: it was made
   * @param cause who or what moved it
   */
  public record Transition(
      int seq, Optional<String> from, String to, String cause, String detail, Instant at) {}

  /**
   * A notification of the channel.
   *
   * @param settledAt when what it tells was booked
   */
  public record Notice(
      String noticeId,
      String kind,
      Optional<String> paymentId,
      Instant receivedAt,
      Optional<Instant> settledAt) {}
}
