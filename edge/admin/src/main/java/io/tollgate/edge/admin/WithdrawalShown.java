package io.tollgate.edge.admin;

import io.tollgate.rewards.Points;
import io.tollgate.rewards.Withdrawals.Step;
import io.tollgate.rewards.Withdrawals.Withdrawal;
import io.tollgate.rewards.Withdrawals.WithdrawalStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A withdrawal, in the words of merchants' interfaces.
 *
 * @param actualAmount what is paid out
 * @param status 0 waiting, 1 approved, 2 rejected, 3 done
 * @param secondNeeded whether two administrators have to approve it
 * @param firstAdminId who approved it first, where two have to
 * @param auditAdminId who approved or rejected it
 * @param createTime and the other two on the tenant's clock
 * @param addressSince when the user's book got the address
 */
record WithdrawalShown(
    long id,
    long tenantId,
    long userId,
    @Nullable String email,
    String currency,
    BigDecimal amount,
    BigDecimal fee,
    BigDecimal actualAmount,
    String walletAddress,
    String walletNetwork,
    String remark,
    int status,
    String state,
    String statusName,
    boolean secondNeeded,
    @Nullable Long firstAdminId,
    @Nullable Long auditAdminId,
    @Nullable Long completeAdminId,
    @Nullable String txHash,
    @Nullable String rejectReason,
    String createTime,
    @Nullable String auditTime,
    @Nullable String completeTime,
    Instant addressSince,
    Instant createdAt,
    @Nullable Instant auditedAt,
    @Nullable Instant completedAt) {
  static WithdrawalShown of(Withdrawal row, MemberNames names) {
    return new WithdrawalShown(
        row.id(),
        row.tenant().value(),
        row.user().value(),
        names.email(row.user()),
        Points.CURRENCY,
        row.amount().toDecimal(),
        row.fee().toDecimal(),
        row.actualAmount().toDecimal(),
        row.address(),
        row.network(),
        row.remark(),
        row.status().number(),
        row.status().code(),
        name(row.status()),
        row.secondNeeded(),
        admin(row.firstApproval()),
        admin(row.audited()),
        admin(row.completed()),
        row.txHash().orElse(null),
        row.rejectReason().orElse(null),
        names.local(row.tenant(), row.createdAt()),
        row.audited().map(step -> names.local(row.tenant(), step.at())).orElse(null),
        row.completed().map(step -> names.local(row.tenant(), step.at())).orElse(null),
        row.addressFirstUsedAt(),
        row.createdAt(),
        row.audited().map(Step::at).orElse(null),
        row.completed().map(Step::at).orElse(null));
  }

  private static @Nullable Long admin(Optional<Step> step) {
    return step.map(each -> each.admin().value()).orElse(null);
  }

  private static String name(WithdrawalStatus status) {
    return switch (status) {
      case WAITING -> "待审核";
      case APPROVED -> "已通过";
      case REJECTED -> "已拒绝";
      case DONE -> "已完成";
    };
  }
}
