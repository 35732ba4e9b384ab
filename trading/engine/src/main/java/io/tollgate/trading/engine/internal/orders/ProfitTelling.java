package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.BINDING;
import static io.tollgate.schema.trading.Tables.EXCHANGE_ACCOUNT;
import static io.tollgate.schema.trading.Tables.POSITION;
import static io.tollgate.schema.trading.Tables.STRATEGY;
import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.AccountNature;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.ProfitShare;
import io.tollgate.rewards.ProfitShare.ProfitClose;
import io.tollgate.schema.trading.tables.records.ExchangeAccountRecord;
import io.tollgate.schema.trading.tables.records.PositionRecord;
import io.tollgate.trading.engine.Binding;
import io.tollgate.trading.engine.execution.HeldPosition;
import io.tollgate.trading.exchange.Exchange;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever shares profits of each position that was closed, losses too, once: with the close
 * that it tells goes the mark that it was told, in one transaction.
 */
final class ProfitTelling {
  private static final Logger LOG = LoggerFactory.getLogger(ProfitTelling.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int AT_ONCE = 200;
  private static final String QUOTE = "/USDT";

  private final Transactions transactions;
  private final ProfitShare profits;
  private final InstantSource clock;

  ProfitTelling(Transactions transactions, ProfitShare profits, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.profits = requireNonNull(profits, "profits is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  RecurringJob job() {
    return new RecurringJob("trading.profits", EVERY, this::tell);
  }

  /** Tells of all that are closed and not told; one that fails does not stop the others. */
  void tell() {
    List<String> due =
        transactions.read(
            transaction ->
                transaction
                    .sql()
                    .select(POSITION.POSITION_ID)
                    .from(POSITION)
                    .where(POSITION.CLOSED_AT.isNotNull().and(POSITION.TOLD_AT.isNull()))
                    .orderBy(POSITION.CLOSED_AT)
                    .limit(AT_ONCE)
                    .fetch(POSITION.POSITION_ID));
    for (String position : due) {
      try {
        boolean _ = transactions.write(transaction -> tell(transaction, position));
      } catch (RuntimeException e) {
        LOG.error("the profit of position {} cannot be told; again later", position, e);
      }
    }
  }

  private boolean tell(Transaction transaction, String id) {
    PositionRecord row =
        transaction
            .sql()
            .selectFrom(POSITION)
            .where(POSITION.POSITION_ID.eq(id).and(POSITION.TOLD_AT.isNull()))
            .forNoKeyUpdate()
            .skipLocked()
            .fetchOptional()
            .orElse(null);
    if (row == null) {
      return false;
    }
    HeldPosition position = PositionRows.read(row);
    if (row.getSymbol().endsWith(QUOTE)) {
      ExchangeAccountRecord account =
          transaction
              .sql()
              .selectFrom(EXCHANGE_ACCOUNT)
              .where(EXCHANGE_ACCOUNT.ID.eq(row.getAccountId()))
              .fetchSingle();
      var _ =
          profits.close(
              transaction,
              new ProfitClose(
                  new TenantId(row.getTenantId()),
                  new UserId(row.getUserId()),
                  Long.toString(row.getAccountId()),
                  id,
                  Points.of(position.profit()),
                  nature(account)));
      position.strategy().ifPresent(code -> count(transaction, row, code, position));
    }
    row.setToldAt(clock.instant().truncatedTo(MICROS));
    int _ = row.update();
    return true;
  }

  private void count(
      Transaction transaction, PositionRecord row, String code, HeldPosition position) {
    int _ =
        transaction
            .sql()
            .update(BINDING)
            .set(BINDING.TOTAL_PROFIT, BINDING.TOTAL_PROFIT.plus(position.profit()))
            .set(BINDING.TOTAL_TRADES, BINDING.TOTAL_TRADES.plus(1))
            // one that was for one position has had it
            .set(
                BINDING.RUNNING,
                DSL.condition(BINDING.RUNNING).and(BINDING.MODE.ne(Binding.Mode.ONCE.number())))
            .where(BINDING.ACCOUNT_ID.eq(row.getAccountId()))
            .and(
                BINDING.STRATEGY_ID.in(
                    DSL.select(STRATEGY.ID).from(STRATEGY).where(STRATEGY.CODE.eq(code))))
            .execute();
  }

  private static AccountNature nature(ExchangeAccountRecord account) {
    if (account.getExchange().equals(Exchange.PAPER.code())) {
      return AccountNature.PAPER;
    }
    return account.getSandbox() ? AccountNature.SANDBOX : AccountNature.REAL;
  }
}
