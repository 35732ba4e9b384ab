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
import io.tollgate.schema.trading.tables.records.StrategyRecord;
import io.tollgate.trading.engine.RiskMode;
import io.tollgate.trading.engine.Strategies.StrategyFilter;
import io.tollgate.trading.engine.Strategy;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
import org.jooq.JSONB;
import org.jooq.impl.DSL;

/** Strategies of the operator in PostgreSQL. */
final class StoredMasters {
  private final InstantSource clock;

  StoredMasters(InstantSource clock) {
    this.clock = clock;
  }

  Strategy create(Transaction transaction, Strategy.Sheet sheet) {
    StrategyRecord row = transaction.sql().newRecord(STRATEGY);
    set(row, sheet.checked());
    row.setCreatedAt(row.getUpdatedAt());
    return transaction
        .sql()
        .insertInto(STRATEGY)
        .set(row)
        .onConflict(STRATEGY.CODE)
        .where(STRATEGY.DELETED_AT.isNull())
        .doNothing()
        .returning()
        .fetchOptional(StoredMasters::strategy)
        .orElseThrow(() -> taken(sheet.terms().code()));
  }

  Strategy change(Transaction transaction, long id, UnaryOperator<Strategy.Sheet> change) {
    StrategyRecord row = lock(transaction, id);
    Strategy.Sheet before = strategy(row).sheet();
    Strategy.Sheet after = change.apply(before).checked();
    String code = before.terms().code();
    if (!after.terms().code().equals(code)) {
      throw GivenText.refused("code", after.terms().code(), code + ", as signals name it for good");
    }
    if (!after.equals(before)) {
      set(row, after);
      int _ = row.update();
    }
    return strategy(row);
  }

  Strategy delete(Transaction transaction, long id) {
    StrategyRecord row = lock(transaction, id);
    boolean followed =
        transaction.sql().fetchExists(BINDING, BINDING.STRATEGY_ID.eq(id).and(BINDING.RUNNING));
    if (followed) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "strategy " + id + " is followed (expected: one that no binding runs with)");
    }
    int _ =
        transaction
            .sql()
            .deleteFrom(TENANT_STRATEGY)
            .where(TENANT_STRATEGY.STRATEGY_ID.eq(id))
            .execute();
    Strategy was = strategy(row);
    row.setActive(false);
    row.setDeletedAt(now());
    row.setUpdatedAt(now());
    int _ = row.update();
    return was;
  }

  Optional<Strategy> find(Transaction transaction, long id) {
    return transaction
        .sql()
        .selectFrom(STRATEGY)
        .where(STRATEGY.ID.eq(id))
        .and(STRATEGY.DELETED_AT.isNull())
        .fetchOptional(StoredMasters::strategy);
  }

  Optional<Strategy> findByCode(Transaction transaction, String code) {
    return transaction
        .sql()
        .selectFrom(STRATEGY)
        .where(STRATEGY.CODE.eq(code))
        .and(STRATEGY.DELETED_AT.isNull())
        .fetchOptional(StoredMasters::strategy);
  }

  /** The strategy as others of the same transaction rely on it: it stays until they end. */
  Optional<Strategy> hold(Transaction transaction, long id) {
    return transaction
        .sql()
        .selectFrom(STRATEGY)
        .where(STRATEGY.ID.eq(id))
        .and(STRATEGY.DELETED_AT.isNull())
        .forShare()
        .fetchOptional(StoredMasters::strategy);
  }

  ListPage<Strategy> list(Transaction transaction, StrategyFilter filter, ListRequest request) {
    Condition which =
        STRATEGY
            .DELETED_AT
            .isNull()
            .and(filter.active().map(STRATEGY.ACTIVE::eq).orElseGet(DSL::noCondition))
            .and(filter.openTo().map(StoredMasters::openTo).orElseGet(DSL::noCondition));
    return ListPage.of(
        transaction
            .sql()
            .selectFrom(STRATEGY)
            .where(which)
            .and(
                request
                    .cursor()
                    .map(text -> STRATEGY.ID.gt(Cursors.id(text)))
                    .orElseGet(DSL::noCondition))
            .orderBy(STRATEGY.ID)
            .offset(request.offset())
            .limit(request.limit())
            .fetch(StoredMasters::strategy),
        request,
        strategy -> Long.toString(strategy.id()),
        () -> transaction.sql().fetchCount(STRATEGY, which));
  }

  private static Condition openTo(TenantId tenant) {
    return DSL.exists(
        DSL.selectOne()
            .from(TENANT_STRATEGY)
            .where(TENANT_STRATEGY.TENANT_ID.eq(tenant.value()))
            .and(TENANT_STRATEGY.STRATEGY_ID.eq(STRATEGY.ID)));
  }

  private static StrategyRecord lock(Transaction transaction, long id) {
    return transaction
        .sql()
        .selectFrom(STRATEGY)
        .where(STRATEGY.ID.eq(id))
        .and(STRATEGY.DELETED_AT.isNull())
        .forUpdate()
        .fetchOptional()
        .orElseThrow(() -> unknown(id));
  }

  private void set(StrategyRecord row, Strategy.Sheet sheet) {
    Strategy.Terms terms = sheet.terms();
    row.setCode(terms.code());
    row.setName(terms.name());
    row.setDescription(terms.description());
    row.setSymbol(terms.symbol());
    row.setTimeframe(terms.timeframe());
    row.setExchange(terms.exchange().map(Exchange::code).orElse(null));
    row.setMinCapital(terms.minCapital());
    row.setCapital(terms.capital());
    row.setLeverage(terms.leverage());
    row.setRiskMode(terms.riskMode().number());
    Strategy.Rules rules = sheet.rules();
    row.setSymbols(rules.symbols().toArray(String[]::new));
    row.setMarketType(rules.market().code());
    row.setRiskLevel(rules.riskLevel());
    row.setMinConfidence(rules.minConfidence());
    row.setCooldownMinutes(rules.cooldownMinutes());
    row.setConfig(JSONB.valueOf(rules.config()));
    row.setShowToUser(sheet.display().shown());
    row.setUserDisplayName(sheet.display().name());
    row.setUserDescription(sheet.display().description());
    row.setActive(sheet.active());
    row.setUpdatedAt(now());
  }

  private Instant now() {
    return clock.instant().truncatedTo(MICROS);
  }

  private static Refusal taken(String code) {
    return GivenText.refused("code", code, "not yet used by a strategy");
  }

  static Refusal unknown(long id) {
    return new Refusal(ErrorCode.NOT_FOUND, "there is no strategy " + id);
  }

  static Strategy strategy(StrategyRecord row) {
    return new Strategy(
        row.getId(),
        new Strategy.Sheet(
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
            new Strategy.Rules(
                List.of(row.getSymbols()),
                MarketType.of("market_type", row.getMarketType()),
                row.getRiskLevel(),
                row.getMinConfidence(),
                row.getCooldownMinutes(),
                row.getConfig().data()),
            new Strategy.Display(
                row.getShowToUser(), row.getUserDisplayName(), row.getUserDescription()),
            row.getActive()),
        row.getCreatedAt());
  }
}
