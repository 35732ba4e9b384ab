package io.tollgate.edge.admin;

import io.tollgate.billing.RechargeDetail;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recharge order with everything that happened to it, as the admin API shows it. */
record RechargeDetailRow(
    RechargeOrderRow order,
    String channelOrder,
    @Nullable String paymentUrl,
    List<TransitionRow> transitions,
    List<RechargePaymentRow> payments,
    List<RechargeRefundRow> refunds,
    List<NoticeRow> notifications) {
  static RechargeDetailRow of(RechargeDetail detail) {
    return new RechargeDetailRow(
        RechargeOrderRow.of(detail.order()),
        detail.channelOrder(),
        detail.order().payUrl().orElse(null),
        detail.transitions().stream().map(TransitionRow::of).toList(),
        detail.payments().stream().map(RechargePaymentRow::of).toList(),
        detail.refunds().stream().map(RechargeRefundRow::of).toList(),
        detail.notices().stream().map(NoticeRow::of).toList());
  }

  /** A step of the order's state machine. */
  record TransitionRow(
      int seq, @Nullable String from, String to, String cause, String detail, Instant at) {
    static TransitionRow of(RechargeDetail.Transition step) {
      return new TransitionRow(
          step.seq(), step.from().orElse(null), step.to(), step.cause(), step.detail(), step.at());
    }
  }

  /** A notification of the channel. */
  record NoticeRow(
      String id,
      String kind,
      @Nullable String paymentId,
      Instant receivedAt,
      @Nullable Instant settledAt) {
    static NoticeRow of(RechargeDetail.Notice notice) {
      return new NoticeRow(
          notice.noticeId(),
          notice.kind(),
          notice.paymentId().orElse(null),
          notice.receivedAt(),
          notice.settledAt().orElse(null));
    }
  }
}
