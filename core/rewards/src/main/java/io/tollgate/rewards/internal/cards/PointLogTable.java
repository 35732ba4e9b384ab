package io.tollgate.rewards.internal.cards;

import static io.tollgate.schema.rewards.Tables.POINT_LOG;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.CardType;
import io.tollgate.rewards.PointCard;
import io.tollgate.rewards.PointLogs;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.internal.TimedList;
import io.tollgate.schema.rewards.tables.records.PointLogRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The table of movements of point cards. */
public final class PointLogTable implements PointLogs {
  private static final TimedList LIST = new TimedList(POINT_LOG.CREATED_AT, POINT_LOG.ID);

  /**
   * A movement to be written.
   *
   * @param transfer empty where nothing moved
   * @param cause transfer of the operation that it belongs to
   */
  public record Movement(
      Holder holder,
      ChangeType type,
      CardType cardType,
      PointCard before,
      PointCard after,
      Optional<UserId> other,
      Optional<UUID> transfer,
      UUID cause,
      String remark) {
    public Movement {
      requireNonNull(holder, "holder is null");
      requireNonNull(type, "type is null");
      requireNonNull(cardType, "cardType is null");
      requireNonNull(before, "before is null");
      requireNonNull(after, "after is null");
      requireNonNull(other, "other is null");
      requireNonNull(transfer, "transfer is null");
      requireNonNull(cause, "cause is null");
      requireNonNull(remark, "remark is null");
    }
  }

  /** A movement as it stands in the table, with what was owed. */
  record Written(
      Optional<UserId> user, ChangeType type, long amount, PointCard before, PointCard after) {}

  /** Writes a movement of a card that is locked. */
  public static void write(Transaction transaction, Movement movement, Instant now) {
    PointCard before = movement.before();
    PointCard after = movement.after();
    var _ =
        transaction
            .sql()
            .insertInto(POINT_LOG)
            .set(POINT_LOG.TENANT_ID, movement.holder().tenant().value())
            .set(POINT_LOG.USER_ID, movement.holder().user().map(UserId::value).orElse(null))
            .set(POINT_LOG.CHANGE_TYPE, movement.type().code())
            .set(POINT_LOG.CARD_TYPE, movement.cardType().code())
            .set(POINT_LOG.AMOUNT, after.total().minus(before.total()).units())
            .set(POINT_LOG.BEFORE_SELF, before.self().units())
            .set(POINT_LOG.AFTER_SELF, after.self().units())
            .set(POINT_LOG.BEFORE_GIFT, before.gift().units())
            .set(POINT_LOG.AFTER_GIFT, after.gift().units())
            .set(POINT_LOG.BEFORE_OWED, before.owed().units())
            .set(POINT_LOG.AFTER_OWED, after.owed().units())
            .set(POINT_LOG.OTHER_ID, movement.other().map(UserId::value).orElse(null))
            .set(POINT_LOG.TRANSFER_ID, movement.transfer().orElse(null))
            .set(POINT_LOG.CAUSE, movement.cause())
            .set(POINT_LOG.REMARK, movement.remark())
            .set(POINT_LOG.CREATED_AT, now)
            .execute();
  }

  /** What an operation has moved, in its order. */
  static List<Written> of(Transaction transaction, UUID cause) {
    return transaction
        .sql()
        .selectFrom(POINT_LOG)
        .where(POINT_LOG.CAUSE.eq(cause))
        .orderBy(POINT_LOG.ID)
        .fetch(
            row ->
                new Written(
                    Optional.ofNullable(row.getUserId()).map(UserId::new),
                    type(row),
                    row.getAmount(),
                    new PointCard(
                        points(row.getBeforeSelf()),
                        points(row.getBeforeGift()),
                        points(row.getBeforeOwed())),
                    new PointCard(
                        points(row.getAfterSelf()),
                        points(row.getAfterGift()),
                        points(row.getAfterOwed()))));
  }

  @Override
  public ListPage<PointLogRow> page(
      Transaction transaction, PointLogFilter filter, ListRequest page) {
    return ListPage.of(
        query(transaction.sql(), filter, page).fetch(PointLogTable::row),
        page,
        row -> TimedList.cursor(row.createdAt(), row.id()),
        () -> transaction.sql().fetchCount(POINT_LOG, condition(filter)));
  }

  @Override
  public PointFlow flow(Transaction transaction, PointLogFilter filter) {
    Record sums =
        transaction
            .sql()
            .select(
                DSL.sum(POINT_LOG.AMOUNT).filterWhere(POINT_LOG.AMOUNT.gt(0L)).as("gained"),
                DSL.sum(POINT_LOG.AMOUNT).filterWhere(POINT_LOG.AMOUNT.lt(0L)).as("lost"))
            .from(POINT_LOG)
            .where(condition(filter))
            .fetchSingle();
    return new PointFlow(sum(sums, "gained"), sum(sums, "lost").negate());
  }

  static ResultQuery<PointLogRecord> query(
      DSLContext sql, PointLogFilter filter, ListRequest page) {
    return LIST.part(sql.selectFrom(POINT_LOG).where(condition(filter)), page);
  }

  private static Condition condition(PointLogFilter filter) {
    return TimedList.is(POINT_LOG.TENANT_ID, filter.tenant().map(TenantId::value))
        .and(filter.owner().map(PointLogTable::of).orElseGet(DSL::noCondition))
        .and(TimedList.is(POINT_LOG.USER_ID, filter.user().map(UserId::value)))
        .and(TimedList.is(POINT_LOG.CHANGE_TYPE, filter.type().map(ChangeType::code)))
        .and(LIST.between(filter.from(), filter.until()));
  }

  private static Condition of(Owner owner) {
    return switch (owner) {
      case USERS -> POINT_LOG.USER_ID.isNotNull();
      case TENANTS -> POINT_LOG.USER_ID.isNull();
    };
  }

  private static BigDecimal sum(Record sums, String field) {
    @Nullable BigDecimal units = sums.get(field, BigDecimal.class);
    if (units == null || units.signum() == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal points = units.movePointLeft(Points.ASSET.scale()).stripTrailingZeros();
    return points.scale() < 0 ? points.setScale(0) : points;
  }

  private static PointLogRow row(PointLogRecord row) {
    return new PointLogRow(
        row.getId(),
        new TenantId(row.getTenantId()),
        Optional.ofNullable(row.getUserId()).map(UserId::new),
        type(row),
        CardType.of("card_type", row.getCardType()),
        points(row.getAmount()),
        new Balances(points(row.getBeforeSelf()), points(row.getBeforeGift())),
        new Balances(points(row.getAfterSelf()), points(row.getAfterGift())),
        Optional.ofNullable(row.getOtherId()).map(UserId::new),
        Optional.ofNullable(row.getTransferId()),
        row.getRemark(),
        row.getCreatedAt());
  }

  private static ChangeType type(PointLogRecord row) {
    return ChangeType.valueOf(row.getChangeType().toUpperCase(Locale.ROOT));
  }

  private static Amount points(long units) {
    return new Amount(Points.ASSET, units);
  }
}
