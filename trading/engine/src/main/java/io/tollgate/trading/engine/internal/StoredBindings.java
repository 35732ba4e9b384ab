package io.tollgate.trading.engine.internal;

import static io.tollgate.schema.trading.Tables.BINDING;
import static io.tollgate.schema.trading.Tables.EXCHANGE_ACCOUNT;
import static io.tollgate.schema.trading.Tables.STRATEGY;
import static io.tollgate.schema.trading.Tables.TENANT_STRATEGY;
import static java.time.temporal.ChronoUnit.MICROS;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.PlanLimit;
import io.tollgate.identity.QuotaPlans;
import io.tollgate.identity.Users;
import io.tollgate.rewards.PointCards;
import io.tollgate.rewards.Points;
import io.tollgate.schema.trading.tables.records.BindingRecord;
import io.tollgate.trading.engine.AccountType;
import io.tollgate.trading.engine.Binding;
import io.tollgate.trading.engine.Binding.Mode;
import io.tollgate.trading.engine.Bindings;
import io.tollgate.trading.engine.ExchangeAccount;
import io.tollgate.trading.engine.RiskMode;
import io.tollgate.trading.engine.TenantStrategy;
import io.tollgate.trading.exchange.Exchange;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;
import org.jooq.impl.DSL;

/** Bindings in PostgreSQL. */
public final class StoredBindings implements Bindings {
  private final StoredStrategies strategies;
  private final StoredExchangeAccounts accounts;
  private final PointCards pointCards;
  private final QuotaPlans plans;
  private final Users users;
  private final InstantSource clock;

  public StoredBindings(
      StoredStrategies strategies,
      StoredExchangeAccounts accounts,
      PointCards pointCards,
      QuotaPlans plans,
      Users users,
      InstantSource clock) {
    this.strategies = strategies;
    this.accounts = accounts;
    this.pointCards = pointCards;
    this.plans = plans;
    this.users = users;
    this.clock = clock;
  }

  @Override
  public Binding open(Transaction transaction, BindingOrder order) {
    Place place = order.place();
    Startable start = hold(transaction, place);
    Optional<BindingRecord> before = lock(transaction, place);
    boolean there = before.filter(row -> row.getRunning() || !order.running()).isPresent();
    if (there) {
      throw following(place);
    }
    if (order.running()) {
      requirePoints(transaction, place, order.minPointCard(), start.account());
    }
    return write(transaction, order, start.strategy(), before);
  }

  @Override
  public Binding change(Transaction transaction, Place place, BindingChange change) {
    boolean starts = change.running().orElse(false) && !runs(transaction, place);
    // what it needs for that is held before it is, as whoever opens one does
    Optional<Startable> start = starts ? Optional.of(hold(transaction, place)) : Optional.empty();
    BindingRecord row = lock(transaction, place).orElseThrow(() -> unknown(place));
    boolean stoppedMeanwhile = change.running().orElse(false) && !starts && !row.getRunning();
    if (stoppedMeanwhile) {
      throw new Refusal(
          ErrorCode.CONFLICT, "status: 1 (expected: nobody who stops the binding meanwhile)");
    }
    change.mode().ifPresent(mode -> row.setMode(mode.number()));
    change.capital().ifPresent(given -> row.setCapital(given.signum() == 0 ? null : given));
    change.leverage().ifPresent(row::setLeverage);
    change.riskMode().ifPresent(mode -> row.setRiskMode(mode.number()));
    change.minPointCard().ifPresent(points -> row.setMinPointCard(points.toDecimal()));
    change.maxLossPerTrade().ifPresent(row::setMaxLossPerTrade);
    change.ratio().ifPresent(row::setRatio);
    start.ifPresent(
        held ->
            requirePoints(transaction, place, Points.of(row.getMinPointCard()), held.account()));
    change.running().ifPresent(row::setRunning);
    if (row.changed()) {
      row.setUpdatedAt(now());
      int _ = row.update();
    }
    return one(transaction, row.getId());
  }

  @Override
  public Binding change(Transaction transaction, long id, BindingChange change) {
    BindingRecord row =
        transaction
            .sql()
            .selectFrom(BINDING)
            .where(BINDING.ID.eq(id))
            .fetchOptional()
            .orElseThrow(() -> unknown(id));
    Place place =
        new Place(
            new TenantId(row.getTenantId()),
            new UserId(row.getUserId()),
            row.getAccountId(),
            row.getStrategyId());
    return change(transaction, place, change);
  }

  @Override
  public Binding delete(Transaction transaction, long id) {
    BindingRecord row =
        transaction
            .sql()
            .selectFrom(BINDING)
            .where(BINDING.ID.eq(id))
            .forUpdate()
            .fetchOptional()
            .orElseThrow(() -> unknown(id));
    if (row.getRunning()) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "binding " + id + " runs (expected: one that was stopped)");
    }
    Binding was = one(transaction, id);
    int _ = row.delete();
    return was;
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
  public ListPage<Binding> list(
      Transaction transaction, BindingFilter filter, ListRequest request) {
    Condition which = which(filter);
    return ListPage.of(
        joined(transaction)
            .where(which)
            .and(
                request
                    .cursor()
                    .map(text -> BINDING.ID.lt(Cursors.id(text)))
                    .orElseGet(DSL::noCondition))
            .orderBy(BINDING.ID.desc())
            .offset(request.offset())
            .limit(request.limit())
            .fetch(StoredBindings::binding),
        request,
        binding -> Long.toString(binding.id()),
        () -> transaction.sql().fetchCount(BINDING, which));
  }

  private static Condition which(BindingFilter filter) {
    List<Condition> conditions = new ArrayList<>();
    filter.tenant().ifPresent(tenant -> conditions.add(BINDING.TENANT_ID.eq(tenant.value())));
    filter.user().ifPresent(user -> conditions.add(BINDING.USER_ID.eq(user.value())));
    filter.running().ifPresent(running -> conditions.add(BINDING.RUNNING.eq(running)));
    // a code may have been that of another strategy once
    filter
        .strategyCode()
        .ifPresent(
            code ->
                conditions.add(
                    BINDING.STRATEGY_ID.in(
                        DSL.select(STRATEGY.ID).from(STRATEGY).where(STRATEGY.CODE.eq(code)))));
    return DSL.and(conditions);
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

  /**
   * What an account needs to follow a strategy, as others of the same transaction rely on it: it
   * stays until they end.
   */
  private Startable hold(Transaction transaction, Place place) {
    users.hold(transaction, place.tenant(), place.user());
    TenantStrategy strategy =
        strategies
            .hold(transaction, place.tenant(), place.strategy())
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
    AccountType type = AccountType.in(strategy.strategy().sheet().rules().market());
    if (account.type() != type) {
      throw GivenText.refused(
          "account_id", account.type().code(), "an account of type " + type.code());
    }
    return new Startable(strategy, account);
  }

  private void requirePoints(
      Transaction transaction, Place place, Amount least, ExchangeAccount account) {
    if (account.exchange() == Exchange.PAPER) {
      return;
    }
    if (pointCards.isPaused(transaction, place.tenant(), place.user(), least)) {
      throw new Refusal(
          ErrorCode.INSUFFICIENT_MEANS,
          "the point cards of the user are under "
              + least.toPlainString()
              + ", or the user owes points");
    }
  }

  private Binding write(
      Transaction transaction,
      BindingOrder order,
      TenantStrategy strategy,
      Optional<BindingRecord> before) {
    Place place = order.place();
    BindingRecord row = before.orElseGet(() -> transaction.sql().newRecord(BINDING));
    row.setMode(order.mode().number());
    row.setCapital(order.capital().orElse(null));
    row.setLeverage(order.leverage());
    row.setRiskMode(order.riskMode().orElse(strategy.riskMode()).number());
    row.setMaxLossPerTrade(order.maxLossPerTrade().orElse(strategy.terms().maxLossPerTrade()));
    row.setRatio(order.ratio());
    row.setMinPointCard(order.minPointCard().toDecimal());
    row.setRunning(order.running());
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
            .orElseThrow(() -> following(place));
    return one(transaction, id);
  }

  private static boolean runs(Transaction transaction, Place place) {
    return transaction.sql().fetchExists(BINDING, at(place).and(BINDING.RUNNING));
  }

  private static Condition at(Place place) {
    return BINDING
        .USER_ID
        .eq(place.user().value())
        .and(BINDING.STRATEGY_ID.eq(place.strategy()))
        .and(BINDING.ACCOUNT_ID.eq(place.account()))
        .and(BINDING.TENANT_ID.eq(place.tenant().value()));
  }

  private static Optional<BindingRecord> lock(Transaction transaction, Place place) {
    return transaction.sql().selectFrom(BINDING).where(at(place)).forUpdate().fetchOptional();
  }

  private static Binding one(Transaction transaction, long id) {
    return list(transaction, BINDING.ID.eq(id)).getFirst();
  }

  private static List<Binding> list(Transaction transaction, Condition which) {
    return joined(transaction).where(which).orderBy(BINDING.ID).fetch(StoredBindings::binding);
  }

  private static SelectOnConditionStep<Record> joined(Transaction transaction) {
    return transaction
        .sql()
        .select(BINDING.fields())
        .select(STRATEGY.CODE, STRATEGY.NAME, STRATEGY.SYMBOL, STRATEGY.CAPITAL)
        .select(
            TENANT_STRATEGY.CAPITAL,
            TENANT_STRATEGY.DISPLAY_NAME,
            TENANT_STRATEGY.RISK_BASED_SIZING)
        .select(
            EXCHANGE_ACCOUNT.EXCHANGE,
            EXCHANGE_ACCOUNT.ACCOUNT_TYPE,
            EXCHANGE_ACCOUNT.KEY_HEAD,
            EXCHANGE_ACCOUNT.KEY_TAIL)
        .from(BINDING)
        .join(STRATEGY)
        .on(STRATEGY.ID.eq(BINDING.STRATEGY_ID))
        .join(EXCHANGE_ACCOUNT)
        .on(EXCHANGE_ACCOUNT.ID.eq(BINDING.ACCOUNT_ID))
        .leftJoin(TENANT_STRATEGY)
        .on(TENANT_STRATEGY.STRATEGY_ID.eq(BINDING.STRATEGY_ID))
        .and(TENANT_STRATEGY.TENANT_ID.eq(BINDING.TENANT_ID));
  }

  private static Binding binding(Record joined) {
    BindingRecord row = joined.into(BINDING);
    return new Binding(
        row.getId(),
        new TenantId(row.getTenantId()),
        new UserId(row.getUserId()),
        account(row, joined),
        followed(row, joined),
        terms(row, joined),
        row.getRunning(),
        StoredExchangeAccounts.plain(row.getTotalProfit()),
        row.getTotalTrades(),
        row.getCreatedAt());
  }

  private static Binding.BoundAccount account(BindingRecord row, Record joined) {
    Exchange exchange = Exchange.of("exchange", joined.get(EXCHANGE_ACCOUNT.EXCHANGE));
    return new Binding.BoundAccount(
        row.getAccountId(),
        exchange,
        ExchangeAccount.label(
            exchange,
            AccountType.of("account_type", joined.get(EXCHANGE_ACCOUNT.ACCOUNT_TYPE)),
            joined.get(EXCHANGE_ACCOUNT.KEY_HEAD),
            joined.get(EXCHANGE_ACCOUNT.KEY_TAIL)));
  }

  private static Binding.Followed followed(BindingRecord row, Record joined) {
    String strategyName = joined.get(STRATEGY.NAME);
    String name =
        Optional.ofNullable(joined.get(TENANT_STRATEGY.DISPLAY_NAME))
            .filter(text -> !text.isEmpty())
            .orElse(strategyName);
    return new Binding.Followed(
        row.getStrategyId(),
        joined.get(STRATEGY.CODE),
        strategyName,
        name,
        joined.get(STRATEGY.SYMBOL),
        Boolean.TRUE.equals(joined.get(TENANT_STRATEGY.RISK_BASED_SIZING)));
  }

  private static Binding.Terms terms(BindingRecord row, Record joined) {
    BigDecimal capital =
        Optional.ofNullable(row.getCapital())
            .or(() -> Optional.ofNullable(joined.get(TENANT_STRATEGY.CAPITAL)))
            .orElseGet(() -> joined.get(STRATEGY.CAPITAL));
    return new Binding.Terms(
        row.getMode() == Mode.ONCE.number() ? Mode.ONCE : Mode.LOOP,
        StoredExchangeAccounts.plain(capital),
        row.getLeverage(),
        RiskMode.of("risk_mode", row.getRiskMode()),
        StoredExchangeAccounts.plain(row.getMaxLossPerTrade()),
        row.getRatio(),
        Points.of(row.getMinPointCard()));
  }

  private static Refusal following(Place place) {
    return new Refusal(
        ErrorCode.CONFLICT,
        "strategy_id: " + place.strategy() + " (expected: not yet open on this account)");
  }

  private static Refusal unknown(long id) {
    return new Refusal(ErrorCode.NOT_FOUND, "there is no binding " + id);
  }

  private static Refusal unknown(Place place) {
    return new Refusal(
        ErrorCode.NOT_FOUND,
        "strategy " + place.strategy() + " was never opened on account " + place.account());
  }

  private Instant now() {
    return clock.instant().truncatedTo(MICROS);
  }

  private record Startable(TenantStrategy strategy, ExchangeAccount account) {}
}
