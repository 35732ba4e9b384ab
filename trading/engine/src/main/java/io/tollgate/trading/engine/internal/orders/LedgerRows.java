package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.LEDGER_ACCOUNT;
import static io.tollgate.schema.trading.Tables.LEDGER_TRANSACTION;

import io.tollgate.data.Transaction;
import io.tollgate.schema.trading.tables.records.LedgerAccountRecord;
import io.tollgate.trading.engine.execution.LedgerLine;
import io.tollgate.trading.exchange.Fill;
import java.math.BigDecimal;
import java.time.Instant;

/** The exchange's books kept here: append only, each line with the balance after it. */
final class LedgerRows {
  private final Transaction transaction;
  private final BookedAccount account;
  private final TradingIds ids;
  private final Instant now;

  /**
   * @param account whose books are held
   */
  LedgerRows(Transaction transaction, BookedAccount account, TradingIds ids, Instant now) {
    this.transaction = transaction;
    this.account = account;
    this.ids = ids;
    this.now = now;
  }

  /** Books a line of a fill. */
  void book(LedgerLine line, Fill fill, String fillId) {
    LedgerAccountRecord ledger = ledgerAccount(line.currency());
    ledger.setBalance(ledger.getBalance().add(line.amount()));
    ledger.setLastSeq(ledger.getLastSeq() + 1);
    switch (line.kind()) {
      case FEE -> ledger.setTotalFee(ledger.getTotalFee().subtract(line.amount()));
      case REALIZED_PNL -> ledger.setRealizedPnl(ledger.getRealizedPnl().add(line.amount()));
      case TRADE_BUY, TRADE_SELL, FUNDING_FEE -> {}
    }
    ledger.setUpdatedAt(now);
    int _ = ledger.update();
    int _ =
        transaction
            .sql()
            .insertInto(LEDGER_TRANSACTION)
            .set(LEDGER_TRANSACTION.TRANSACTION_ID, ids.next(TradingIds.Kind.TRANSACTION))
            .set(LEDGER_TRANSACTION.LEDGER_ACCOUNT_ID, ledger.getLedgerAccountId())
            .set(LEDGER_TRANSACTION.SEQ, ledger.getLastSeq())
            .set(LEDGER_TRANSACTION.TENANT_ID, account.tenant().value())
            .set(LEDGER_TRANSACTION.ACCOUNT_ID, account.id())
            .set(LEDGER_TRANSACTION.CURRENCY, line.currency())
            .set(LEDGER_TRANSACTION.TRANSACTION_TYPE, line.kind().name())
            .set(LEDGER_TRANSACTION.AMOUNT, line.amount())
            .set(LEDGER_TRANSACTION.BALANCE_AFTER, ledger.getBalance())
            .set(LEDGER_TRANSACTION.SOURCE_TYPE, "FILL")
            .set(LEDGER_TRANSACTION.SOURCE_ID, fillId)
            .set(LEDGER_TRANSACTION.SYMBOL, fill.symbol().toString())
            .set(LEDGER_TRANSACTION.TRANSACTION_AT, fill.at())
            .set(LEDGER_TRANSACTION.CREATED_AT, now)
            .execute();
  }

  private LedgerAccountRecord ledgerAccount(String currency) {
    int _ =
        transaction
            .sql()
            .insertInto(LEDGER_ACCOUNT)
            .set(LEDGER_ACCOUNT.LEDGER_ACCOUNT_ID, ids.next(TradingIds.Kind.LEDGER_ACCOUNT))
            .set(LEDGER_ACCOUNT.TENANT_ID, account.tenant().value())
            .set(LEDGER_ACCOUNT.ACCOUNT_ID, account.id())
            .set(LEDGER_ACCOUNT.CURRENCY, currency)
            .set(LEDGER_ACCOUNT.BALANCE, BigDecimal.ZERO)
            .set(LEDGER_ACCOUNT.CREATED_AT, now)
            .set(LEDGER_ACCOUNT.UPDATED_AT, now)
            .onConflict(LEDGER_ACCOUNT.ACCOUNT_ID, LEDGER_ACCOUNT.CURRENCY)
            .doNothing()
            .execute();
    return transaction
        .sql()
        .selectFrom(LEDGER_ACCOUNT)
        .where(LEDGER_ACCOUNT.ACCOUNT_ID.eq(account.id()))
        .and(LEDGER_ACCOUNT.CURRENCY.eq(currency))
        .fetchSingle();
  }
}
