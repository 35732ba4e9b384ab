package io.tollgate.trading.engine.internal;

import static io.tollgate.schema.trading.Tables.BINDING;
import static io.tollgate.schema.trading.Tables.STRATEGY;
import static io.tollgate.schema.trading.Tables.TENANT_STRATEGY;
import static java.time.temporal.ChronoUnit.MICROS;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.PlanLimit;
import io.tollgate.identity.QuotaPlans;
import io.tollgate.schema.trading.tables.records.TenantStrategyRecord;
import io.tollgate.trading.engine.RiskMode;
import io.tollgate.trading.engine.Strategies;
import io.tollgate.trading.engine.Strategy;
import io.tollgate.trading.engine.TenantStrategy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

/** Strategies in PostgreSQL, and those that are open to tenants. */
public final class StoredStrategies implements Strategies {
  private final StoredMasters masters;
  private final QuotaPlans plans;
  private final InstantSource clock;

  public StoredStrategies(QuotaPlans plans, InstantSource clock) {
    this.masters = new StoredMasters(clock);
    this.plans = plans;
    this.clock = clock;
  }

  @Override
  public Strategy create(Transaction transaction, Strategy.Sheet sheet) {
    return masters.create(transaction, sheet);
  }

  @Override
  public Strategy change(Transaction transaction, long id, UnaryOperator<Strategy.Sheet> change) {
    return masters.change(transaction, id, change);
  }

  @Override
  public Strategy delete(Transaction transaction, long id) {
    return masters.delete(transaction, id);
  }

  @Override
  public Optional<Strategy> find(Transaction transaction, long id) {
    return masters.find(transaction, id);
  }

  @Override
  public Optional<Strategy> findByCode(Transaction transaction, String code) {
    return masters.findByCode(transaction, code);
  }

  @Override
  public ListPage<Strategy> list(
      Transaction transaction, StrategyFilter filter, ListRequest request) {
    return masters.list(transaction, filter, request);
  }

  @Override
  public TenantStrategy open(
      Transaction transaction,
      TenantId tenant,
      long strategy,
      UnaryOperator<TenantStrategy.Terms> terms) {
    Strategy master =
        masters.hold(transaction, strategy).orElseThrow(() -> StoredMasters.unknown(strategy));
    plans.requireRoom(
        transaction,
        tenant,
        PlanLimit.STRATEGIES,
        () ->
            transaction
                .sql()
                .fetchCount(TENANT_STRATEGY, TENANT_STRATEGY.TENANT_ID.eq(tenant.value())));
    TenantStrategyRecord row = transaction.sql().newRecord(TENANT_STRATEGY);
    row.setTenantId(tenant.value());
    row.setStrategyId(strategy);
    set(row, terms.apply(TenantStrategy.Terms.usual().takenFrom(master.terms())).checked());
    row.setCreatedAt(row.getUpdatedAt());
    int made =
        transaction
            .sql()
            .insertInto(TENANT_STRATEGY)
            .set(row)
            .onConflict(TENANT_STRATEGY.TENANT_ID, TENANT_STRATEGY.STRATEGY_ID)
            .doNothing()
            .execute();
    if (made == 0) {
      throw GivenText.refused(
          "strategy_id", Long.toString(strategy), "one that is not yet open to the tenant");
    }
    return find(transaction, tenant, strategy).orElseThrow();
  }

  @Override
  public TenantStrategy changeOfTenant(
      Transaction transaction,
      TenantId tenant,
      long id,
      UnaryOperator<TenantStrategy.Terms> change) {
    TenantStrategyRecord row = lock(transaction, tenant, id);
    TenantStrategy.Terms before = terms(row);
    TenantStrategy.Terms after = change.apply(before).checked();
    if (!after.equals(before)) {
      set(row, after);
      int _ = row.update();
    }
    return one(transaction, row);
  }

  @Override
  public TenantStrategy copyFromMaster(Transaction transaction, TenantId tenant, long id) {
    // the strategy is held before what is made of it, as whoever deletes it does
    Strategy master =
        transaction
            .sql()
            .select(TENANT_STRATEGY.STRATEGY_ID)
            .from(TENANT_STRATEGY)
            .where(TENANT_STRATEGY.ID.eq(id))
            .and(TENANT_STRATEGY.TENANT_ID.eq(tenant.value()))
            .fetchOptional(TENANT_STRATEGY.STRATEGY_ID)
            .flatMap(strategy -> masters.hold(transaction, strategy))
            .orElseThrow(() -> unknown(id));
    TenantStrategyRecord row = lock(transaction, tenant, id);
    set(row, terms(row).takenFrom(master.terms()));
    int _ = row.update();
    return one(transaction, row);
  }

  @Override
  public TenantStrategy closeToTenant(Transaction transaction, TenantId tenant, long id) {
    TenantStrategyRecord row = lock(transaction, tenant, id);
    boolean followed =
        transaction
            .sql()
            .fetchExists(
                BINDING,
                BINDING
                    .TENANT_ID
                    .eq(tenant.value())
                    .and(BINDING.STRATEGY_ID.eq(row.getStrategyId()))
                    .and(BINDING.RUNNING));
    if (followed) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "strategy "
              + row.getStrategyId()
              + " is followed by the tenant's users (expected: one that no binding runs with)");
    }
    TenantStrategy was = one(transaction, row);
    int _ = row.delete();
    return was;
  }

  @Override
  public List<TenantStrategy> openTo(Transaction transaction, TenantId tenant) {
    return joined(transaction)
        .and(TENANT_STRATEGY.TENANT_ID.eq(tenant.value()))
        .and(TENANT_STRATEGY.ACTIVE)
        .and(STRATEGY.ACTIVE)
        .orderBy(TENANT_STRATEGY.SORT_ORDER, TENANT_STRATEGY.ID)
        .fetch(StoredStrategies::tenantStrategy);
  }

  @Override
  public ListPage<TenantStrategy> listOfTenant(
      Transaction transaction, TenantStrategyFilter filter, ListRequest request) {
    Condition which =
        TENANT_STRATEGY
            .TENANT_ID
            .eq(filter.tenant().value())
            .and(filter.active().map(TENANT_STRATEGY.ACTIVE::eq).orElseGet(DSL::noCondition));
    return ListPage.of(
        joined(transaction)
            .and(which)
            .and(request.cursor().map(StoredStrategies::after).orElseGet(DSL::noCondition))
            .orderBy(TENANT_STRATEGY.SORT_ORDER, TENANT_STRATEGY.ID)
            .offset(request.offset())
            .limit(request.limit())
            .fetch(StoredStrategies::tenantStrategy),
        request,
        strategy -> strategy.terms().sortOrder() + "_" + strategy.id(),
        () -> transaction.sql().fetchCount(TENANT_STRATEGY, which));
  }

  /** What comes after a place in the tenant's order. */
  private static Condition after(String cursor) {
    int middle = cursor.indexOf('_');
    return DSL.row(TENANT_STRATEGY.SORT_ORDER, TENANT_STRATEGY.ID)
        .gt(
            Cursors.order(cursor.substring(0, Math.max(middle, 0))),
            Cursors.id(cursor.substring(middle + 1)));
  }

  @Override
  public Optional<TenantStrategy> find(Transaction transaction, TenantId tenant, long strategy) {
    return joined(transaction)
        .and(TENANT_STRATEGY.TENANT_ID.eq(tenant.value()))
        .and(TENANT_STRATEGY.STRATEGY_ID.eq(strategy))
        .fetchOptional(StoredStrategies::tenantStrategy);
  }

  /** The same as others of the same transaction rely on it: it stays as it is until they end. */
  Optional<TenantStrategy> hold(Transaction transaction, TenantId tenant, long strategy) {
    return masters
        .hold(transaction, strategy)
        .flatMap(
            master ->
                transaction
                    .sql()
                    .selectFrom(TENANT_STRATEGY)
                    .where(TENANT_STRATEGY.TENANT_ID.eq(tenant.value()))
                    .and(TENANT_STRATEGY.STRATEGY_ID.eq(strategy))
                    .forShare()
                    .fetchOptional(row -> tenantStrategy(row, master)));
  }

  private static SelectConditionStep<Record> joined(Transaction transaction) {
    return transaction
        .sql()
        .select(TENANT_STRATEGY.fields())
        .select(STRATEGY.fields())
        .from(TENANT_STRATEGY)
        .join(STRATEGY)
        .on(STRATEGY.ID.eq(TENANT_STRATEGY.STRATEGY_ID))
        .where(STRATEGY.DELETED_AT.isNull());
  }

  private static TenantStrategyRecord lock(Transaction transaction, TenantId tenant, long id) {
    return transaction
        .sql()
        .selectFrom(TENANT_STRATEGY)
        .where(TENANT_STRATEGY.ID.eq(id))
        .and(TENANT_STRATEGY.TENANT_ID.eq(tenant.value()))
        .forUpdate()
        .fetchOptional()
        .orElseThrow(() -> unknown(id));
  }

  private static Refusal unknown(long id) {
    return new Refusal(ErrorCode.NOT_FOUND, "the tenant has no strategy " + id);
  }

  private static TenantStrategy one(Transaction transaction, TenantStrategyRecord row) {
    return joined(transaction)
        .and(TENANT_STRATEGY.ID.eq(row.getId()))
        .fetchSingle(StoredStrategies::tenantStrategy);
  }

  private void set(TenantStrategyRecord row, TenantStrategy.Terms terms) {
    row.setDisplayName(terms.displayName());
    row.setDisplayDescription(terms.displayDescription());
    row.setCapital(terms.capital());
    row.setLeverage(terms.leverage());
    row.setRiskMode(terms.riskMode().number());
    row.setRiskBasedSizing(terms.riskBasedSizing());
    row.setMaxLossPerTrade(terms.maxLossPerTrade());
    row.setMinCapital(terms.minCapital());
    row.setActive(terms.active());
    row.setSortOrder(terms.sortOrder());
    row.setUpdatedAt(now());
  }

  private Instant now() {
    return clock.instant().truncatedTo(MICROS);
  }

  private static TenantStrategy tenantStrategy(Record joined) {
    return tenantStrategy(
        joined.into(TENANT_STRATEGY), StoredMasters.strategy(joined.into(STRATEGY)));
  }

  private static TenantStrategy tenantStrategy(TenantStrategyRecord own, Strategy master) {
    return new TenantStrategy(
        own.getId(), new TenantId(own.getTenantId()), master, terms(own), own.getCreatedAt());
  }

  private static TenantStrategy.Terms terms(TenantStrategyRecord row) {
    return new TenantStrategy.Terms(
        row.getDisplayName(),
        row.getDisplayDescription(),
        StoredExchangeAccounts.plain(row.getCapital()),
        row.getLeverage(),
        RiskMode.of("risk_mode", row.getRiskMode()),
        row.getRiskBasedSizing(),
        StoredExchangeAccounts.plain(row.getMaxLossPerTrade()),
        StoredExchangeAccounts.plain(row.getMinCapital()),
        row.getActive(),
        row.getSortOrder());
  }
}
