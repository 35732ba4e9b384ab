package io.tollgate.edge.admin;

import io.tollgate.ground.UserId;
import io.tollgate.rewards.PointLogs.ChangeType;
import io.tollgate.rewards.PointLogs.PointLogRow;
import io.tollgate.rewards.Points;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A movement of a point card, in the words of merchants' interfaces.
 *
 * @param userId whose card; null: the tenant's own
 * @param changeType 1 to 5 of users, 1 to 3 of tenants
 * @param change the same as a word
 * @param sourceType 1 self, 2 gift
 * @param memberId whose card, as merchants call them
 * @param relatedUserId the user on the other side
 * @param createTime seconds since 1970
 * @param createTimeStr on the tenant's clock
 * @param transferId null: nothing was posted
 */
record PointLogShown(
    long id,
    long tenantId,
    @Nullable Long userId,
    @Nullable String email,
    int changeType,
    String change,
    String changeTypeName,
    int sourceType,
    String currency,
    BigDecimal amount,
    BigDecimal beforeSelf,
    BigDecimal afterSelf,
    BigDecimal beforeGift,
    BigDecimal afterGift,
    @Nullable Long memberId,
    @Nullable Long relatedUserId,
    int toType,
    String remark,
    @Nullable UUID transferId,
    long createTime,
    String createTimeStr,
    Instant createdAt) {
  static PointLogShown of(PointLogRow row, MemberNames names) {
    Long user = row.user().map(UserId::value).orElse(null);
    return new PointLogShown(
        row.id(),
        row.tenant().value(),
        user,
        names.email(row.user().orElse(null)),
        row.type().number(row.owner()),
        row.type().code(),
        name(row.type()),
        row.cardType().number(),
        Points.CURRENCY,
        row.amount().toDecimal(),
        row.before().self().toDecimal(),
        row.after().self().toDecimal(),
        row.before().gift().toDecimal(),
        row.after().gift().toDecimal(),
        user,
        row.other().map(UserId::value).orElse(null),
        row.cardType().number(),
        row.remark(),
        row.transfer().orElse(null),
        row.createdAt().getEpochSecond(),
        names.local(row.tenant(), row.createdAt()),
        row.createdAt());
  }

  private static String name(ChangeType type) {
    return switch (type) {
      case RECHARGE -> "充值";
      case GIFT -> "赠送";
      case OUT -> "转出";
      case IN -> "转入";
      case PROFIT_CHARGE -> "盈利扣费";
      case GIVEN -> "划给用户";
    };
  }
}
