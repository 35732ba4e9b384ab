package io.tollgate.trading.engine.internal;

import static io.tollgate.schema.trading.Tables.STRATEGY;
import static io.tollgate.schema.trading.Tables.TENANT_STRATEGY;
import static java.time.temporal.ChronoUnit.MICROS;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.PlanLimit;
import io.tollgate.identity.QuotaPlans;
import io.tollgate.schema.trading.tables.records.StrategyRecord;
import io.tollgate.schema.trading.tables.records.TenantStrategyRecord;
import io.tollgate.trading.engine.Exchange;
import io.tollgate.trading.engine.RiskMode;
import io.tollgate.trading.engine.Strategies;
import io.tollgate.trading.engine.Strategy;
import io.tollgate.trading.engine.TenantStrategy;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jooq.Record;

/** Strategies in PostgreSQL. */
public final class StoredStrategies implements Strategies {
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Pattern SYMBOL = Pattern.compile("[A-Za-z0-9/:_.-]{1,40}");
  private static final Set<String> TIMEFRAMES =
      Set.of("1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "12h", "1d");
  private static final BigDecimal CAPITAL_MAX = new BigDecimal("1000000000");
  private static final int LEVERAGE_MAX = 125;

  private final QuotaPlans plans;
  private final InstantSource clock;

  public StoredStrategies(QuotaPlans plans, InstantSource clock) {
    this.plans = plans;
    this.clock = clock;
  }

  @Override
  public Strategy create(Transaction transaction, Strategy.Terms terms) {
    check(terms);
    return transaction
        .sql()
        .insertInto(STRATEGY)
        .set(STRATEGY.CODE, terms.code())
        .set(STRATEGY.NAME, terms.name())
        .set(STRATEGY.DESCRIPTION, terms.description())
        .set(STRATEGY.SYMBOL, terms.symbol())
        .set(STRATEGY.TIMEFRAME, terms.timeframe())
        .set(STRATEGY.EXCHANGE, terms.exchange().map(Exchange::code).orElse(null))
        .set(STRATEGY.MIN_CAPITAL, terms.minCapital())
        .set(STRATEGY.CAPITAL, terms.capital())
        .set(STRATEGY.LEVERAGE, terms.leverage())
        .set(STRATEGY.RISK_MODE, terms.riskMode().number())
        .set(STRATEGY.CREATED_AT, now())
        .set(STRATEGY.UPDATED_AT, now())
        .onConflict(STRATEGY.CODE)
        .doNothing()
        .returning()
        .fetchOptional(StoredStrategies::strategy)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.CONFLICT,
                    "code: " + terms.code() + " (expected: not yet used by a strategy)"));
  }

  @Override
  public Optional<Strategy> findByCode(Transaction transaction, String code) {
    return transaction
        .sql()
        .selectFrom(STRATEGY)
        .where(STRATEGY.CODE.eq(code))
        .fetchOptional(StoredStrategies::strategy);
  }

  @Override
  public TenantStrategy open(Transaction transaction, TenantId tenant, long strategy) {
    StrategyRecord master =
        transaction
            .sql()
            .selectFrom(STRATEGY)
            .where(STRATEGY.ID.eq(strategy))
            .fetchOptional()
            .orElseThrow(
                () -> new Refusal(ErrorCode.NOT_FOUND, "there is no strategy " + strategy));
    plans.requireRoom(
        transaction,
        tenant,
        PlanLimit.STRATEGIES,
        () ->
            transaction
                .sql()
                .fetchCount(TENANT_STRATEGY, TENANT_STRATEGY.TENANT_ID.eq(tenant.value())));
    int made =
        transaction
            .sql()
            .insertInto(TENANT_STRATEGY)
            .set(TENANT_STRATEGY.TENANT_ID, tenant.value())
            .set(TENANT_STRATEGY.STRATEGY_ID, strategy)
            .set(TENANT_STRATEGY.CAPITAL, master.getCapital())
            .set(TENANT_STRATEGY.LEVERAGE, master.getLeverage())
            .set(TENANT_STRATEGY.RISK_MODE, master.getRiskMode())
            .set(TENANT_STRATEGY.MIN_CAPITAL, master.getMinCapital())
            .set(TENANT_STRATEGY.CREATED_AT, now())
            .set(TENANT_STRATEGY.UPDATED_AT, now())
            .onConflict(TENANT_STRATEGY.TENANT_ID, TENANT_STRATEGY.STRATEGY_ID)
            .doNothing()
            .execute();
    if (made == 0) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "strategy_id: " + strategy + " (expected: not yet open to the tenant)");
    }
    return find(transaction, tenant, strategy).orElseThrow();
  }

  @Override
  public List<TenantStrategy> openTo(Transaction transaction, TenantId tenant) {
    return transaction
        .sql()
        .select(TENANT_STRATEGY.fields())
        .select(STRATEGY.fields())
        .from(TENANT_STRATEGY)
        .join(STRATEGY)
        .on(STRATEGY.ID.eq(TENANT_STRATEGY.STRATEGY_ID))
        .where(TENANT_STRATEGY.TENANT_ID.eq(tenant.value()))
        .and(TENANT_STRATEGY.ACTIVE)
        .and(STRATEGY.ACTIVE)
        .orderBy(TENANT_STRATEGY.SORT_ORDER, TENANT_STRATEGY.ID)
        .fetch(StoredStrategies::tenantStrategy);
  }

  @Override
  public Optional<TenantStrategy> find(Transaction transaction, TenantId tenant, long strategy) {
    return transaction
        .sql()
        .select(TENANT_STRATEGY.fields())
        .select(STRATEGY.fields())
        .from(TENANT_STRATEGY)
        .join(STRATEGY)
        .on(STRATEGY.ID.eq(TENANT_STRATEGY.STRATEGY_ID))
        .where(TENANT_STRATEGY.TENANT_ID.eq(tenant.value()))
        .and(TENANT_STRATEGY.STRATEGY_ID.eq(strategy))
        .fetchOptional(StoredStrategies::tenantStrategy);
  }

  private static void check(Strategy.Terms terms) {
    if (!CODE.matcher(terms.code()).matches()) {
      throw GivenText.refused("code", terms.code(), "1 to 64 of A-Z a-z 0-9 _ . -");
    }
    requireText("name", terms.name(), 1, 100);
    requireText("description", terms.description(), 0, 2000);
    if (!SYMBOL.matcher(terms.symbol()).matches()) {
      throw GivenText.refused("symbol", terms.symbol(), "one such as BTCUSDT");
    }
    if (!TIMEFRAMES.contains(terms.timeframe())) {
      throw GivenText.refused("timeframe", terms.timeframe(), "1m to 1d");
    }
    requireCapital("min_capital", terms.minCapital());
    requireCapital("capital", terms.capital());
    if (terms.leverage() < 1 || terms.leverage() > LEVERAGE_MAX) {
      throw GivenText.refused(
          "leverage", Integer.toString(terms.leverage()), "1 to " + LEVERAGE_MAX);
    }
  }

  private static void requireText(String field, String given, int least, int most) {
    if (given.length() < least || given.length() > most || given.indexOf('\0') >= 0) {
      throw GivenText.refused(field, given, least + " to " + most + " characters");
    }
  }

  private static void requireCapital(String field, BigDecimal given) {
    boolean fits =
        given.precision() <= 40
            && Math.abs((long) given.scale()) <= 40
            && given.signum() >= 0
            && given.compareTo(CAPITAL_MAX) <= 0
            && given.stripTrailingZeros().scale() <= 8;
    if (!fits) {
      throw GivenText.refused(
          field, given.toString(), "0 to " + CAPITAL_MAX.toPlainString() + ", 8 decimals at most");
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(MICROS);
  }

  private static TenantStrategy tenantStrategy(Record joined) {
    TenantStrategyRecord own = joined.into(TENANT_STRATEGY);
    Strategy strategy = strategy(joined.into(STRATEGY));
    return new TenantStrategy(
        own.getId(),
        new TenantId(own.getTenantId()),
        strategy,
        own.getDisplayName().isEmpty() ? strategy.terms().name() : own.getDisplayName(),
        own.getDisplayDescription().isEmpty()
            ? strategy.terms().description()
            : own.getDisplayDescription(),
        StoredExchangeAccounts.plain(own.getCapital()),
        own.getLeverage(),
        RiskMode.of("risk_mode", own.getRiskMode()),
        StoredExchangeAccounts.plain(own.getMinCapital()),
        own.getActive() && strategy.active());
  }

  private static Strategy strategy(StrategyRecord row) {
    return new Strategy(
        row.getId(),
        new Strategy.Terms(
            row.getCode(),
            row.getName(),
            row.getDescription(),
            row.getSymbol(),
            row.getTimeframe(),
            Optional.ofNullable(row.getExchange()).map(code -> Exchange.of("exchange", code)),
            StoredExchangeAccounts.plain(row.getMinCapital()),
            StoredExchangeAccounts.plain(row.getCapital()),
            row.getLeverage(),
            RiskMode.of("risk_mode", row.getRiskMode())),
        row.getActive(),
        row.getCreatedAt());
  }
}
