package io.tollgate.edge.admin;

import io.tollgate.ground.UserId;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.Rewards.RewardRow;
import io.tollgate.rewards.Rewards.RewardType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A movement of a reward balance, in the words of merchants' interfaces.
 *
 * @param settleBatch the pool it is a part of
 * @param createTime on the tenant's clock
 */
record RewardShown(
    long id,
    long tenantId,
    long userId,
    @Nullable String email,
    String rewardType,
    String rewardTypeName,
    String currency,
    BigDecimal amount,
    BigDecimal before,
    BigDecimal after,
    @Nullable Long sourceUserId,
    @Nullable String sourceEmail,
    BigDecimal rate,
    @Nullable Long settleBatch,
    @Nullable Long withdrawalId,
    @Nullable UUID transferId,
    String remark,
    String createTime,
    Instant createdAt) {
  static RewardShown of(RewardRow row, MemberNames names) {
    return new RewardShown(
        row.id(),
        row.tenant().value(),
        row.user().value(),
        names.email(row.user()),
        row.type().code(),
        name(row.type()),
        Points.CURRENCY,
        row.amount().toDecimal(),
        row.before().toDecimal(),
        row.after().toDecimal(),
        row.source().map(UserId::value).orElse(null),
        names.email(row.source().orElse(null)),
        row.rate(),
        boxed(row.pool()),
        boxed(row.withdrawal()),
        row.transfer().orElse(null),
        row.remark(),
        names.local(row.tenant(), row.createdAt()),
        row.createdAt());
  }

  private static @Nullable Long boxed(OptionalLong number) {
    return number.isPresent() ? Long.valueOf(number.getAsLong()) : null;
  }

  private static String name(RewardType type) {
    return switch (type) {
      case DIRECT -> "直推奖励";
      case LEVEL_DIFF -> "级差奖励";
      case PEER -> "平级奖励";
      case TECH_TEAM -> "技术团队";
      case DIRECT_UNDIST -> "未分配直推";
      case PEER_UNDIST -> "未分配平级";
      case NETWORK_UNDIST -> "未分配网络";
      case PLATFORM_RETAIN -> "平台留存";
      case WITHDRAW_FREEZE -> "提现冻结";
      case WITHDRAW_REJECT_RETURN -> "提现退回";
    };
  }
}
