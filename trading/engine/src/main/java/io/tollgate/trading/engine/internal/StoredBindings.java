package io.tollgate.trading.engine.internal;

import static io.tollgate.schema.trading.Tables.BINDING;
import static io.tollgate.schema.trading.Tables.EXCHANGE_ACCOUNT;
import static io.tollgate.schema.trading.Tables.STRATEGY;
import static io.tollgate.schema.trading.Tables.TENANT_STRATEGY;
import static java.time.temporal.ChronoUnit.MICROS;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.PlanLimit;
import io.tollgate.identity.QuotaPlans;
import io.tollgate.rewards.PointCards;
import io.tollgate.rewards.Points;
import io.tollgate.schema.trading.tables.records.BindingRecord;
import io.tollgate.trading.engine.Binding;
import io.tollgate.trading.engine.Binding.Mode;
import io.tollgate.trading.engine.Bindings;
import io.tollgate.trading.engine.Exchange;
import io.tollgate.trading.engine.ExchangeAccount;
import io.tollgate.trading.engine.RiskMode;
import io.tollgate.trading.engine.TenantStrategy;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Bindings in PostgreSQL. */
public final class StoredBindings implements Bindings {
  private final StoredStrategies strategies;
  private final StoredExchangeAccounts accounts;
  private final PointCards pointCards;
  private final QuotaPlans plans;
  private final InstantSource clock;

  public StoredBindings(
      StoredStrategies strategies,
      StoredExchangeAccounts accounts,
      PointCards pointCards,
      QuotaPlans plans,
      InstantSource clock) {
    this.strategies = strategies;
    this.accounts = accounts;
    this.pointCards = pointCards;
    this.plans = plans;
    this.clock = clock;
  }

  @Override
  public Binding open(Transaction transaction, BindingOrder order) {
    Place place = order.place();
    TenantStrategy strategy =
        strategies
            .find(transaction, place.tenant(), place.strategy())
            .filter(TenantStrategy::active)
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.NOT_FOUND,
                        "there is no strategy " + place.strategy() + " that is open"));
    plans.requireRoom(
        transaction, place.tenant(), PlanLimit.STRATEGIES, () -> others(transaction, place));
    ExchangeAccount account =
        accounts
            .hold(transaction, place.tenant(), place.user(), place.account())
            .orElseThrow(
                () -> new Refusal(ErrorCode.NOT_FOUND, "there is no account " + place.account()));
    Optional<Exchange> only = strategy.strategy().terms().exchange();
    if (only.isPresent() && only.get() != account.exchange()) {
      throw GivenText.refused(
          "account_id", account.exchange().code(), "an account at " + only.get().code());
    }
    Optional<BindingRecord> before = lock(transaction, place);
    if (before.filter(BindingRecord::getRunning).isPresent()) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "strategy_id: " + place.strategy() + " (expected: not yet open on this account)");
    }
    requirePoints(transaction, order, account);
    return write(transaction, order, before);
  }

  @Override
  public Binding change(Transaction transaction, Place place, BindingChange change) {
    BindingRecord row = lock(transaction, place).orElseThrow(() -> unknown(place));
    change.capital().ifPresent(given -> row.setCapital(given.signum() == 0 ? null : given));
    change.leverage().ifPresent(row::setLeverage);
    change.riskMode().ifPresent(mode -> row.setRiskMode(mode.number()));
    if (row.changed()) {
      row.setUpdatedAt(now());
      int _ = row.update();
    }
    return one(transaction, row.getId());
  }

  @Override
  public Binding close(Transaction transaction, Place place) {
    BindingRecord row = lock(transaction, place).orElseThrow(() -> unknown(place));
    if (row.getRunning()) {
      row.setRunning(false);
      row.setUpdatedAt(now());
      int _ = row.update();
    }
    return one(transaction, row.getId());
  }

  @Override
  public List<Binding> of(Transaction transaction, TenantId tenant, UserId user) {
    return list(
        transaction, BINDING.TENANT_ID.eq(tenant.value()).and(BINDING.USER_ID.eq(user.value())));
  }

  @Override
  public Optional<Amount> highestMinimum(Transaction transaction, TenantId tenant, UserId user) {
    return highest(transaction, tenant, user);
  }

  @Override
  public long usersFollowing(Transaction transaction, Optional<TenantId> tenant) {
    return transaction
        .sql()
        .select(DSL.countDistinct(BINDING.USER_ID))
        .from(BINDING)
        .where(BINDING.RUNNING)
        .and(tenant.map(of -> BINDING.TENANT_ID.eq(of.value())).orElseGet(DSL::noCondition))
        .fetchSingle()
        .value1();
  }

  /** The same, which needs nothing but the transaction. */
  public static Optional<Amount> highest(Transaction transaction, TenantId tenant, UserId user) {
    return transaction
        .sql()
        .select(DSL.max(BINDING.MIN_POINT_CARD))
        .from(BINDING)
        .join(EXCHANGE_ACCOUNT)
        .on(EXCHANGE_ACCOUNT.ID.eq(BINDING.ACCOUNT_ID))
        .where(BINDING.USER_ID.eq(user.value()))
        .and(BINDING.TENANT_ID.eq(tenant.value()))
        .and(BINDING.RUNNING)
        .and(EXCHANGE_ACCOUNT.EXCHANGE.ne(Exchange.PAPER.code()))
        .fetchOptional(row -> row.value1())
        .map(Points::of);
  }

  /** Strategies that users of the tenant follow beside this one. */
  private static long others(Transaction transaction, Place place) {
    return transaction
        .sql()
        .select(DSL.countDistinct(BINDING.STRATEGY_ID))
        .from(BINDING)
        .where(BINDING.TENANT_ID.eq(place.tenant().value()))
        .and(BINDING.RUNNING)
        .and(BINDING.STRATEGY_ID.ne(place.strategy()))
        .fetchSingle()
        .value1();
  }

  private void requirePoints(Transaction transaction, BindingOrder order, ExchangeAccount account) {
    if (account.exchange() == Exchange.PAPER) {
      return;
    }
    Place place = order.place();
    if (pointCards.isPaused(transaction, place.tenant(), place.user(), order.minPointCard())) {
      throw new Refusal(
          ErrorCode.INSUFFICIENT_MEANS,
          "the point cards of the user are under "
              + order.minPointCard().toPlainString()
              + ", or the user owes points");
    }
  }

  private Binding write(
      Transaction transaction, BindingOrder order, Optional<BindingRecord> before) {
    Place place = order.place();
    BindingRecord row = before.orElseGet(() -> transaction.sql().newRecord(BINDING));
    row.setMode(order.mode().number());
    row.setCapital(order.capital().orElse(null));
    row.setLeverage(order.leverage());
    row.setRiskMode(order.riskMode().number());
    row.setMinPointCard(order.minPointCard().toDecimal());
    row.setRunning(true);
    row.setUpdatedAt(now());
    if (before.isPresent()) {
      int _ = row.update();
      return one(transaction, row.getId());
    }
    row.setTenantId(place.tenant().value());
    row.setUserId(place.user().value());
    row.setAccountId(place.account());
    row.setStrategyId(place.strategy());
    row.setCreatedAt(now());
    long id =
        transaction
            .sql()
            .insertInto(BINDING)
            .set(row)
            .onConflict(BINDING.USER_ID, BINDING.STRATEGY_ID, BINDING.ACCOUNT_ID)
            .doNothing()
            .returning(BINDING.ID)
            .fetchOptional(BINDING.ID)
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.CONFLICT,
                        "strategy_id: "
                            + place.strategy()
                            + " (expected: not yet open on this account)"));
    return one(transaction, id);
  }

  private static Optional<BindingRecord> lock(Transaction transaction, Place place) {
    return transaction
        .sql()
        .selectFrom(BINDING)
        .where(BINDING.USER_ID.eq(place.user().value()))
        .and(BINDING.STRATEGY_ID.eq(place.strategy()))
        .and(BINDING.ACCOUNT_ID.eq(place.account()))
        .and(BINDING.TENANT_ID.eq(place.tenant().value()))
        .forUpdate()
        .fetchOptional();
  }

  private static Binding one(Transaction transaction, long id) {
    return list(transaction, BINDING.ID.eq(id)).getFirst();
  }

  private static List<Binding> list(Transaction transaction, Condition which) {
    return transaction
        .sql()
        .select(BINDING.fields())
        .select(STRATEGY.NAME, STRATEGY.SYMBOL, STRATEGY.CAPITAL)
        .select(TENANT_STRATEGY.CAPITAL, TENANT_STRATEGY.DISPLAY_NAME)
        .from(BINDING)
        .join(STRATEGY)
        .on(STRATEGY.ID.eq(BINDING.STRATEGY_ID))
        .leftJoin(TENANT_STRATEGY)
        .on(TENANT_STRATEGY.STRATEGY_ID.eq(BINDING.STRATEGY_ID))
        .and(TENANT_STRATEGY.TENANT_ID.eq(BINDING.TENANT_ID))
        .where(which)
        .orderBy(BINDING.ID)
        .fetch(StoredBindings::binding);
  }

  private static Binding binding(Record joined) {
    BindingRecord row = joined.into(BINDING);
    String strategyName = joined.get(STRATEGY.NAME);
    String name =
        Optional.ofNullable(joined.get(TENANT_STRATEGY.DISPLAY_NAME))
            .filter(text -> !text.isEmpty())
            .orElse(strategyName);
    BigDecimal capital =
        Optional.ofNullable(row.getCapital())
            .or(() -> Optional.ofNullable(joined.get(TENANT_STRATEGY.CAPITAL)))
            .orElseGet(() -> joined.get(STRATEGY.CAPITAL));
    return new Binding(
        row.getId(),
        new TenantId(row.getTenantId()),
        new UserId(row.getUserId()),
        row.getAccountId(),
        row.getStrategyId(),
        strategyName,
        name,
        joined.get(STRATEGY.SYMBOL),
        row.getMode() == Mode.ONCE.number() ? Mode.ONCE : Mode.LOOP,
        StoredExchangeAccounts.plain(capital),
        row.getLeverage(),
        RiskMode.of("risk_mode", row.getRiskMode()),
        Points.of(row.getMinPointCard()),
        row.getRunning(),
        StoredExchangeAccounts.plain(row.getTotalProfit()),
        row.getTotalTrades(),
        row.getCreatedAt());
  }

  private static Refusal unknown(Place place) {
    return new Refusal(
        ErrorCode.NOT_FOUND,
        "strategy " + place.strategy() + " was never opened on account " + place.account());
  }

  private Instant now() {
    return clock.instant().truncatedTo(MICROS);
  }
}
