package io.tollgate.rewards.internal.pools;

import static io.tollgate.schema.rewards.Tables.POOL;
import static io.tollgate.schema.rewards.Tables.PROFIT_CLOSE;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.ProfitPools.Pool;
import io.tollgate.rewards.ProfitPools.PoolFilter;
import io.tollgate.rewards.ProfitPools.PoolState;
import io.tollgate.rewards.ProfitPools.PoolStats;
import io.tollgate.rewards.internal.Share;
import io.tollgate.rewards.internal.TimedList;
import io.tollgate.schema.rewards.tables.records.PoolRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/** The table of pools. */
final class PoolTable {
  private static final TimedList LIST = new TimedList(POOL.CREATED_AT, POOL.ID);
  private static final String OPEN = "open";
  private static final String DISTRIBUTED = "distributed";
  private static final int ERROR_MAX = 200;

  private static final String STATS =
      """
      SELECT count(*) AS pools, coalesce(sum(p.amount), 0) AS amount,
             count(*) FILTER (WHERE p.state = 'open') AS waiting,
             coalesce(sum(p.amount) FILTER (WHERE p.state = 'open'), 0) AS waiting_amount,
             count(*) FILTER (WHERE p.state = 'open' AND p.attempts > 0) AS failed,
             (SELECT coalesce(sum(r.amount), 0) FROM rewards.reward_log r
               WHERE r.type IN ('direct', 'level_diff', 'peer')
                 AND (?::bigint IS NULL OR r.tenant_id = ?::bigint)) AS paid
        FROM rewards.pool p
       WHERE ?::bigint IS NULL OR p.tenant_id = ?::bigint
      """;

  private PoolTable() {}

  /** A pool to be opened. */
  record NewPool(TenantId tenant, long close, long amount, UUID openedBy, FrozenChain chain) {
    NewPool {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(openedBy, "openedBy is null");
      requireNonNull(chain, "chain is null");
    }
  }

  /** A pool, locked. */
  record LockedPool(long id, TenantId tenant, long amount, boolean distributed, FrozenChain chain) {
    LockedPool {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(chain, "chain is null");
    }
  }

  static long insert(Transaction transaction, NewPool pool, Instant now) {
    List<FrozenChain.Node> nodes = pool.chain().nodes();
    return transaction
        .sql()
        .insertInto(POOL)
        .set(POOL.TENANT_ID, pool.tenant().value())
        .set(POOL.CLOSE_REF, pool.close())
        .set(POOL.SOURCE_ID, pool.chain().source().value())
        .set(POOL.AMOUNT, pool.amount())
        .set(POOL.OPENED_BY, pool.openedBy())
        .set(POOL.SOURCE_LEVEL, (short) pool.chain().sourceLevel())
        .set(POOL.INVITER_ID, pool.chain().inviter().map(UserId::value).orElse(null))
        .set(POOL.INVITER_HOLDING, pool.chain().inviterHolding())
        .set(POOL.NODE_IDS, nodes.stream().map(node -> node.user().value()).toArray(Long[]::new))
        .set(
            POOL.NODE_LEVELS,
            nodes.stream().map(node -> (short) node.level()).toArray(Short[]::new))
        .set(
            POOL.NODE_RATES,
            nodes.stream().map(node -> Share.rate(node.rate())).toArray(BigDecimal[]::new))
        .set(POOL.NEXT_TRY_AT, now)
        .set(POOL.CREATED_AT, now)
        .returning(POOL.ID)
        .fetchSingle()
        .getId();
  }

  static Optional<LockedPool> lock(Transaction transaction, long pool) {
    return transaction
        .sql()
        .selectFrom(POOL)
        .where(POOL.ID.eq(pool))
        .forUpdate()
        .fetchOptional(PoolTable::locked);
  }

  static void distributed(Transaction transaction, long pool, UUID transfer, Instant now) {
    var _ =
        transaction
            .sql()
            .update(POOL)
            .set(POOL.STATE, DISTRIBUTED)
            .set(POOL.TRANSFER_ID, transfer)
            .set(POOL.DISTRIBUTED_AT, now)
            .where(POOL.ID.eq(pool))
            .execute();
  }

  /** Notes that a distribution failed; one that is distributed meanwhile is left as it is. */
  static void failed(Transaction transaction, long pool, String why, Instant nextTry) {
    var _ =
        transaction
            .sql()
            .update(POOL)
            .set(POOL.ATTEMPTS, POOL.ATTEMPTS.plus(1))
            .set(POOL.LAST_ERROR, why.substring(0, Math.min(why.length(), ERROR_MAX)))
            .set(POOL.NEXT_TRY_AT, nextTry)
            .where(POOL.ID.eq(pool))
            .and(POOL.STATE.eq(OPEN))
            .execute();
  }

  /** How often a pool has failed. */
  static int attempts(Transaction transaction, long pool) {
    return transaction
        .sql()
        .select(POOL.ATTEMPTS)
        .from(POOL)
        .where(POOL.ID.eq(pool))
        .fetchOptional(POOL.ATTEMPTS)
        .orElse(0);
  }

  /** Pools that wait to be distributed, those first that wait longest. */
  static List<Long> due(Transaction transaction, Instant now, int most) {
    return transaction
        .sql()
        .select(POOL.ID)
        .from(POOL)
        .where(POOL.STATE.eq(DSL.inline(OPEN)))
        .and(POOL.NEXT_TRY_AT.le(now))
        .orderBy(POOL.NEXT_TRY_AT, POOL.ID)
        .limit(most)
        .fetch(POOL.ID);
  }

  static Optional<Pool> find(Transaction transaction, long pool) {
    return transaction
        .sql()
        .select()
        .from(POOL)
        .join(PROFIT_CLOSE)
        .on(PROFIT_CLOSE.ID.eq(POOL.CLOSE_REF))
        .where(POOL.ID.eq(pool))
        .fetchOptional(PoolTable::pool);
  }

  static ListPage<Pool> page(Transaction transaction, PoolFilter filter, ListRequest page) {
    return ListPage.of(
        query(transaction.sql(), filter, page).fetch(PoolTable::pool),
        page,
        pool -> TimedList.cursor(pool.createdAt(), pool.id()),
        () -> transaction.sql().fetchCount(POOL, condition(filter)));
  }

  static ResultQuery<? extends Record> query(DSLContext sql, PoolFilter filter, ListRequest page) {
    return LIST.part(
        sql.select()
            .from(POOL)
            .join(PROFIT_CLOSE)
            .on(PROFIT_CLOSE.ID.eq(POOL.CLOSE_REF))
            .where(condition(filter)),
        page);
  }

  static PoolStats stats(Transaction transaction, Optional<TenantId> tenant) {
    Long number = tenant.map(TenantId::value).orElse(null);
    Record row = transaction.sql().fetchSingle(STATS, number, number, number, number);
    return new PoolStats(
        row.get("pools", Long.class),
        points(row.get("amount", BigDecimal.class)),
        row.get("waiting", Long.class),
        points(row.get("waiting_amount", BigDecimal.class)),
        row.get("failed", Long.class),
        points(row.get("paid", BigDecimal.class)));
  }

  private static Condition condition(PoolFilter filter) {
    return TimedList.is(POOL.TENANT_ID, filter.tenant().map(TenantId::value))
        .and(TimedList.is(POOL.SOURCE_ID, filter.source().map(UserId::value)))
        .and(
            filter
                .state()
                .map(state -> POOL.STATE.eq(DSL.inline(state.name().toLowerCase(Locale.ROOT))))
                .orElseGet(DSL::noCondition))
        .and(LIST.between(filter.from(), filter.until()));
  }

  private static LockedPool locked(PoolRecord row) {
    List<FrozenChain.Node> nodes = new ArrayList<>();
    for (int i = 0; i < row.getNodeIds().length; i++) {
      nodes.add(
          new FrozenChain.Node(
              new UserId(row.getNodeIds()[i]),
              row.getNodeLevels()[i],
              Share.tenThousandths(row.getNodeRates()[i])));
    }
    return new LockedPool(
        row.getId(),
        new TenantId(row.getTenantId()),
        row.getAmount(),
        row.getState().equals(DISTRIBUTED),
        new FrozenChain(
            new UserId(row.getSourceId()),
            row.getSourceLevel(),
            Optional.ofNullable(row.getInviterId()).map(UserId::new),
            row.getInviterHolding(),
            nodes));
  }

  private static Pool pool(Record row) {
    return new Pool(
        row.get(POOL.ID),
        new TenantId(row.get(POOL.TENANT_ID)),
        new UserId(row.get(POOL.SOURCE_ID)),
        row.get(PROFIT_CLOSE.ACCOUNT_ID),
        row.get(PROFIT_CLOSE.CLOSE_ID),
        points(row.get(PROFIT_CLOSE.PROFIT)),
        points(row.get(PROFIT_CLOSE.CHARGED)),
        points(row.get(POOL.AMOUNT)),
        row.get(POOL.STATE).equals(DISTRIBUTED) ? PoolState.DISTRIBUTED : PoolState.OPEN,
        row.get(POOL.ATTEMPTS),
        Optional.ofNullable(row.get(POOL.LAST_ERROR)),
        row.get(POOL.CREATED_AT),
        Optional.ofNullable(row.get(POOL.DISTRIBUTED_AT)),
        Optional.ofNullable(row.get(POOL.TRANSFER_ID)));
  }

  private static Amount points(long units) {
    return new Amount(Points.ASSET, units);
  }

  private static Amount points(BigDecimal units) {
    return points(units.longValueExact());
  }
}
