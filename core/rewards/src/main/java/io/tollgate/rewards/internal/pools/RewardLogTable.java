package io.tollgate.rewards.internal.pools;

import static io.tollgate.schema.rewards.Tables.REWARD_LOG;
import static io.tollgate.schema.rewards.Tables.REWARD_TOTAL;
import static java.util.Objects.requireNonNull;
import static org.jooq.impl.DSL.any;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.Rewards.RewardFilter;
import io.tollgate.rewards.Rewards.RewardRow;
import io.tollgate.rewards.Rewards.RewardType;
import io.tollgate.rewards.internal.Share;
import io.tollgate.rewards.internal.TimedList;
import io.tollgate.schema.rewards.tables.records.RewardLogRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The tables of movements of rewards, and of what users have got and been paid in all. */
public final class RewardLogTable {
  private static final TimedList LIST = new TimedList(REWARD_LOG.CREATED_AT, REWARD_LOG.ID);

  private static final String ADD =
      """
      INSERT INTO rewards.reward_total AS t (user_id, tenant_id, earned, withdrawn)
      VALUES (?, ?, ?, ?)
      ON CONFLICT (user_id) DO UPDATE
         SET earned = t.earned + excluded.earned, withdrawn = t.withdrawn + excluded.withdrawn
      """;

  private static final String PAID =
      "UPDATE rewards.reward_total SET withdrawn = withdrawn + ? WHERE user_id = ?";

  private RewardLogTable() {}

  /**
   * A movement to be written.
   *
   * @param units signed
   * @param before what was available
   */
  public record Entry(
      TenantId tenant,
      UserId user,
      RewardType type,
      long units,
      long before,
      Optional<UserId> source,
      int rate,
      OptionalLong pool,
      OptionalLong withdrawal,
      Optional<UUID> transfer,
      String remark) {
    public Entry {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(type, "type is null");
      requireNonNull(source, "source is null");
      requireNonNull(pool, "pool is null");
      requireNonNull(withdrawal, "withdrawal is null");
      requireNonNull(transfer, "transfer is null");
      requireNonNull(remark, "remark is null");
    }
  }

  /** In units of points. */
  record Totals(long earned, long withdrawn) {
    static final Totals NONE = new Totals(0, 0);
  }

  /** Writes movements, in their order. */
  public static void write(Transaction transaction, List<Entry> entries, Instant now) {
    var _ =
        transaction
            .sql()
            .batchInsert(entries.stream().map(entry -> record(entry, now)).toList())
            .execute();
  }

  /** Adds to what a user has got in all; the user's account is locked. */
  static void earned(Transaction transaction, TenantId tenant, UserId user, long units) {
    var _ = transaction.sql().execute(ADD, user.value(), tenant.value(), units, 0L);
  }

  /** Adds to what a user was paid in all. */
  public static void withdrawn(Transaction transaction, UserId user, long units) {
    var _ = transaction.sql().execute(PAID, units, user.value());
  }

  static Map<UserId, Totals> totals(Transaction transaction, Collection<UserId> users) {
    Map<UserId, Totals> totals = new HashMap<>();
    transaction
        .sql()
        .selectFrom(REWARD_TOTAL)
        .where(REWARD_TOTAL.USER_ID.eq(any(users.stream().map(UserId::value).toArray(Long[]::new))))
        .forEach(
            row ->
                totals.put(
                    new UserId(row.getUserId()), new Totals(row.getEarned(), row.getWithdrawn())));
    return totals;
  }

  /** The parts of a pool, in their order. */
  static List<RewardRow> ofPool(Transaction transaction, long pool) {
    return transaction
        .sql()
        .selectFrom(REWARD_LOG)
        .where(REWARD_LOG.POOL_ID.eq(pool))
        .orderBy(REWARD_LOG.ID)
        .fetch(RewardLogTable::row);
  }

  static ListPage<RewardRow> page(Transaction transaction, RewardFilter filter, ListRequest page) {
    return ListPage.of(
        query(transaction.sql(), filter, page).fetch(RewardLogTable::row),
        page,
        row -> TimedList.cursor(row.createdAt(), row.id()),
        () -> transaction.sql().fetchCount(REWARD_LOG, condition(filter)));
  }

  static ResultQuery<RewardLogRecord> query(DSLContext sql, RewardFilter filter, ListRequest page) {
    return LIST.part(sql.selectFrom(REWARD_LOG).where(condition(filter)), page);
  }

  private static Condition condition(RewardFilter filter) {
    Condition types =
        filter.types().isEmpty()
            ? DSL.noCondition()
            : REWARD_LOG.TYPE.in(filter.types().stream().map(RewardType::code).sorted().toList());
    return TimedList.is(REWARD_LOG.TENANT_ID, filter.tenant().map(TenantId::value))
        .and(TimedList.is(REWARD_LOG.USER_ID, filter.user().map(UserId::value)))
        .and(types)
        .and(TimedList.is(REWARD_LOG.SOURCE_ID, filter.source().map(UserId::value)))
        .and(
            filter.pool().isPresent()
                ? REWARD_LOG.POOL_ID.eq(filter.pool().getAsLong())
                : DSL.noCondition())
        .and(LIST.between(filter.from(), filter.until()));
  }

  private static RewardLogRecord record(Entry entry, Instant now) {
    RewardLogRecord row = new RewardLogRecord();
    row.setTenantId(entry.tenant().value());
    row.setUserId(entry.user().value());
    row.setType(entry.type().code());
    row.setAmount(entry.units());
    row.setBefore(entry.before());
    row.setAfter(Math.addExact(entry.before(), entry.units()));
    row.setSourceId(entry.source().map(UserId::value).orElse(null));
    row.setRate(Share.rate(entry.rate()));
    row.setPoolId(entry.pool().isPresent() ? entry.pool().getAsLong() : null);
    row.setWithdrawalId(entry.withdrawal().isPresent() ? entry.withdrawal().getAsLong() : null);
    row.setTransferId(entry.transfer().orElse(null));
    row.setRemark(entry.remark());
    row.setCreatedAt(now);
    return row;
  }

  private static RewardRow row(RewardLogRecord row) {
    return new RewardRow(
        row.getId(),
        new TenantId(row.getTenantId()),
        new UserId(row.getUserId()),
        RewardType.of("type", row.getType()),
        points(row.getAmount()),
        points(row.getBefore()),
        points(row.getAfter()),
        Optional.ofNullable(row.getSourceId()).map(UserId::new),
        Share.rate(Share.tenThousandths(row.getRate())),
        number(row.getPoolId()),
        number(row.getWithdrawalId()),
        Optional.ofNullable(row.getTransferId()),
        row.getRemark(),
        row.getCreatedAt());
  }

  private static OptionalLong number(@Nullable Long number) {
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  private static Amount points(long units) {
    return new Amount(Points.ASSET, units);
  }
}
