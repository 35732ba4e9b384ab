package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.ACCOUNT_BOOK;
import static io.tollgate.schema.trading.Tables.EXCHANGE_ACCOUNT;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.schema.trading.tables.records.AccountBookRecord;
import io.tollgate.schema.trading.tables.records.ExchangeAccountRecord;
import io.tollgate.trading.engine.AccountType;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.DSLContext;

/**
 * An account as its books need it.
 *
 * @param usable whether it is bound and active
 * @param node that trades for it; empty: the centre
 * @param hedged whether longs and shorts are apart at its exchange; empty: not known yet
 * @param available in USDT, as of the last sync; empty: there was none
 */
record BookedAccount(
    long id,
    TenantId tenant,
    UserId user,
    Exchange exchange,
    MarketType market,
    boolean sandbox,
    boolean usable,
    OptionalLong node,
    Optional<Boolean> hedged,
    Optional<BigDecimal> available,
    Optional<BigDecimal> equity,
    Optional<BigDecimal> peakEquity,
    Optional<BigDecimal> unrealized) {
  BookedAccount {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(exchange, "exchange is null");
    requireNonNull(market, "market is null");
    requireNonNull(node, "node is null");
    requireNonNull(hedged, "hedged is null");
    requireNonNull(available, "available is null");
    requireNonNull(equity, "equity is null");
    requireNonNull(peakEquity, "peakEquity is null");
    requireNonNull(unrealized, "unrealized is null");
  }

  /** The account, with its books held until the transaction ends. */
  static BookedAccount held(Transaction transaction, long account) {
    DSLContext sql = transaction.sql();
    int _ =
        sql.insertInto(ACCOUNT_BOOK)
            .set(ACCOUNT_BOOK.ACCOUNT_ID, account)
            .onConflictDoNothing()
            .execute();
    AccountBookRecord book =
        sql.selectFrom(ACCOUNT_BOOK)
            .where(ACCOUNT_BOOK.ACCOUNT_ID.eq(account))
            .forNoKeyUpdate()
            .fetchSingle();
    return of(row(sql, account), book);
  }

  /** The same as it was last, held by nobody. */
  static BookedAccount shown(Transaction transaction, long account) {
    DSLContext sql = transaction.sql();
    AccountBookRecord book =
        sql.selectFrom(ACCOUNT_BOOK)
            .where(ACCOUNT_BOOK.ACCOUNT_ID.eq(account))
            .fetchOptional()
            .orElseGet(AccountBookRecord::new);
    return of(row(sql, account), book);
  }

  /** The same; nothing where there never was such an account. */
  static Optional<BookedAccount> find(Transaction transaction, long account) {
    return transaction.sql().fetchExists(EXCHANGE_ACCOUNT, EXCHANGE_ACCOUNT.ID.eq(account))
        ? Optional.of(shown(transaction, account))
        : Optional.empty();
  }

  private static ExchangeAccountRecord row(DSLContext sql, long account) {
    return sql.selectFrom(EXCHANGE_ACCOUNT).where(EXCHANGE_ACCOUNT.ID.eq(account)).fetchSingle();
  }

  private static BookedAccount of(ExchangeAccountRecord row, AccountBookRecord book) {
    AccountType type = AccountType.of("account_type", row.getAccountType());
    MarketType market =
        switch (type) {
          case FUTURES -> MarketType.FUTURE;
          case SPOT -> MarketType.SPOT;
        };
    Long node = row.getExecutionNodeId();
    boolean synced = row.getLastSyncAt() != null;
    BigDecimal available =
        market == MarketType.FUTURE ? row.getFuturesAvailable() : row.getBalance();
    return new BookedAccount(
        row.getId(),
        new TenantId(row.getTenantId()),
        new UserId(row.getUserId()),
        Exchange.of("exchange", row.getExchange()),
        market,
        row.getSandbox(),
        row.getActive() && row.getUnboundAt() == null,
        node == null ? OptionalLong.empty() : OptionalLong.of(node),
        Optional.ofNullable(book.getHedged()),
        synced ? Optional.of(available) : Optional.empty(),
        Optional.ofNullable(book.getEquity()),
        Optional.ofNullable(book.getPeakEquity()),
        Optional.ofNullable(book.getUnrealized()));
  }
}
