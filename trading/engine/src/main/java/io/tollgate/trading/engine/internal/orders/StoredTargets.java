package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.BINDING;
import static io.tollgate.schema.trading.Tables.EXCHANGE_ACCOUNT;
import static io.tollgate.schema.trading.Tables.STRATEGY;
import static io.tollgate.schema.trading.Tables.TENANT_STRATEGY;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.Points;
import io.tollgate.trading.engine.Binding.Mode;
import io.tollgate.trading.engine.RiskMode;
import io.tollgate.trading.engine.sizing.SizingTerms;
import io.tollgate.trading.exchange.Exchange;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;

/** Whoever follows a strategy now: the binding runs, and account and strategy are on. */
final class StoredTargets {
  private StoredTargets() {}

  /** Of a strategy by its number, in the order of their accounts. */
  static List<Target> of(Transaction transaction, long strategy) {
    return transaction
        .sql()
        .select(BINDING.fields())
        .select(EXCHANGE_ACCOUNT.EXCHANGE)
        .select(STRATEGY.CAPITAL, STRATEGY.MIN_CONFIDENCE)
        .select(TENANT_STRATEGY.CAPITAL, TENANT_STRATEGY.RISK_BASED_SIZING)
        .from(BINDING)
        .join(STRATEGY)
        .on(STRATEGY.ID.eq(BINDING.STRATEGY_ID))
        .join(TENANT_STRATEGY)
        .on(TENANT_STRATEGY.STRATEGY_ID.eq(BINDING.STRATEGY_ID))
        .and(TENANT_STRATEGY.TENANT_ID.eq(BINDING.TENANT_ID))
        .join(EXCHANGE_ACCOUNT)
        .on(EXCHANGE_ACCOUNT.ID.eq(BINDING.ACCOUNT_ID))
        .where(BINDING.STRATEGY_ID.eq(strategy))
        .and(BINDING.RUNNING)
        .and(STRATEGY.ACTIVE)
        .and(TENANT_STRATEGY.ACTIVE)
        .and(EXCHANGE_ACCOUNT.ACTIVE)
        .and(EXCHANGE_ACCOUNT.UNBOUND_AT.isNull())
        .orderBy(BINDING.ACCOUNT_ID)
        .fetch(StoredTargets::target);
  }

  private static Target target(Record row) {
    BigDecimal capital =
        Optional.ofNullable(row.get(BINDING.CAPITAL))
            .or(() -> Optional.of(row.get(TENANT_STRATEGY.CAPITAL)))
            .filter(own -> own.signum() > 0)
            .orElseGet(() -> row.get(STRATEGY.CAPITAL));
    Optional<BigDecimal> maxLoss =
        row.get(TENANT_STRATEGY.RISK_BASED_SIZING)
            ? Optional.of(row.get(BINDING.MAX_LOSS_PER_TRADE))
            : Optional.empty();
    return new Target(
        row.get(BINDING.ACCOUNT_ID),
        new TenantId(row.get(BINDING.TENANT_ID)),
        new UserId(row.get(BINDING.USER_ID)),
        row.get(EXCHANGE_ACCOUNT.EXCHANGE).equals(Exchange.PAPER.code()),
        row.get(BINDING.MODE) == Mode.ONCE.number(),
        new SizingTerms(
            capital,
            row.get(BINDING.LEVERAGE),
            RiskMode.of("risk_mode", row.get(BINDING.RISK_MODE)),
            row.get(BINDING.RATIO),
            maxLoss),
        row.get(STRATEGY.MIN_CONFIDENCE),
        Points.of(row.get(BINDING.MIN_POINT_CARD)));
  }
}
