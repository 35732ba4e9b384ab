package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.ACCOUNT_BOOK;
import static io.tollgate.schema.trading.Tables.DIFFERENCE;
import static io.tollgate.schema.trading.Tables.EXCHANGE_ACCOUNT;
import static io.tollgate.schema.trading.Tables.FILL;
import static io.tollgate.schema.trading.Tables.POSITION;
import static io.tollgate.schema.trading.Tables.TRADE_ORDER;
import static java.time.temporal.ChronoUnit.MICROS;

import io.tollgate.data.Transaction;
import io.tollgate.schema.trading.tables.records.PositionRecord;
import io.tollgate.schema.trading.tables.records.TradeOrderRecord;
import io.tollgate.trading.engine.execution.AccountStanding;
import io.tollgate.trading.engine.execution.BookTables;
import io.tollgate.trading.engine.execution.FillBooking;
import io.tollgate.trading.engine.execution.HeldPosition;
import io.tollgate.trading.engine.execution.PositionKey;
import io.tollgate.trading.engine.execution.PricedFill;
import io.tollgate.trading.engine.execution.TaskId;
import io.tollgate.trading.engine.execution.TradedOrder;
import io.tollgate.trading.engine.risk.RiskCheck;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** An account's books in PostgreSQL, in a transaction that holds them. */
final class StoredTables implements BookTables {
  private final Transaction transaction;
  private final BookedAccount account;
  private final TradingIds ids;
  private final Instant now;
  private boolean changed;

  StoredTables(Transaction transaction, BookedAccount account, TradingIds ids, Instant now) {
    this.transaction = transaction;
    this.account = account;
    this.ids = ids;
    this.now = now.truncatedTo(MICROS);
  }

  BookedAccount account() {
    return account;
  }

  @Override
  public Optional<TradedOrder> order(TaskId task) {
    return row(task).map(OrderRows::read);
  }

  @Override
  public void add(TradedOrder order) {
    TradeOrderRecord row = transaction.sql().newRecord(TRADE_ORDER);
    row.setOrderId(ids.next(TradingIds.Kind.ORDER));
    row.setFilledValue(BigDecimal.ZERO);
    OrderRows.writeTerms(row, order, account);
    OrderRows.writeLife(row, order.life(), now);
    int _ = row.insert();
    changed();
  }

  @Override
  public void save(TradedOrder order) {
    TradeOrderRecord row = row(order.terms().task()).orElseThrow();
    OrderRows.writeLife(row, order.life(), now);
    int _ = row.update();
    changed();
  }

  @Override
  public boolean hasFill(Symbol symbol, String tradeId) {
    return transaction
        .sql()
        .fetchExists(
            FILL,
            FILL.ACCOUNT_ID
                .eq(account.id())
                .and(FILL.SYMBOL.eq(symbol.toString()))
                .and(FILL.EXCHANGE_TRADE_ID.eq(tradeId)));
  }

  @Override
  public void addFill(TradedOrder order, PricedFill priced, FillBooking booking, boolean late) {
    Fill fill = priced.fill();
    TradeOrderRecord row = row(order.terms().task()).orElseThrow();
    row.setFilledValue(row.getFilledValue().add(fill.quantity().multiply(fill.price())));
    int _ = row.update();
    String id = ids.next(TradingIds.Kind.FILL);
    int _ =
        transaction
            .sql()
            .insertInto(FILL)
            .set(FILL.FILL_ID, id)
            .set(FILL.EXCHANGE_TRADE_ID, fill.tradeId())
            .set(FILL.ORDER_ID, row.getOrderId())
            .set(FILL.TENANT_ID, account.tenant().value())
            .set(FILL.ACCOUNT_ID, account.id())
            .set(FILL.SYMBOL, fill.symbol().toString())
            .set(FILL.SIDE, fill.side().name())
            .set(FILL.TRADE_TYPE, order.terms().intent().name())
            .set(FILL.QUANTITY, fill.quantity())
            .set(FILL.PRICE, fill.price())
            .set(FILL.FEE, fill.fee())
            .set(FILL.FEE_CURRENCY, fill.feeCurrency())
            .set(FILL.FEE_IN_QUOTE, priced.feeInQuote())
            .set(FILL.EXCHANGE, account.exchange().code())
            .set(FILL.MARKET_TYPE, account.market().code())
            .set(FILL.LATE, late)
            .set(FILL.FILLED_AT, fill.at())
            .set(FILL.CREATED_AT, now)
            .execute();
    LedgerRows ledger = new LedgerRows(transaction, account, ids, now);
    booking.lines().forEach(line -> ledger.book(line, fill, id));
    changed();
  }

  @Override
  public Optional<HeldPosition> open(PositionKey key) {
    return transaction.sql().selectFrom(POSITION).where(at(key)).fetchOptional(PositionRows::read);
  }

  @Override
  public void save(HeldPosition position) {
    Optional<PositionRecord> there =
        transaction
            .sql()
            .selectFrom(POSITION)
            .where(POSITION.POSITION_ID.eq(position.id()))
            .fetchOptional();
    PositionRecord row = there.orElseGet(() -> transaction.sql().newRecord(POSITION));
    PositionRows.write(row, position, account, now);
    if (there.isPresent()) {
      int _ = row.update();
    } else {
      row.setCreatedAt(now);
      int _ = row.insert();
    }
    changed();
  }

  @Override
  public String newPositionId() {
    return ids.next(TradingIds.Kind.POSITION);
  }

  @Override
  public AccountStanding standing() {
    return new StoredStanding(transaction, account, now).read();
  }

  @Override
  public RiskCheck rules() {
    return StoredRiskSettings.check(transaction, account);
  }

  @Override
  public Optional<String> heldBack(Symbol symbol) {
    return transaction
        .sql()
        .select(DIFFERENCE.SENTENCE)
        .from(DIFFERENCE)
        .where(DIFFERENCE.ACCOUNT_ID.eq(account.id()))
        .and(DIFFERENCE.SYMBOL.eq(symbol.toString()))
        .and(DIFFERENCE.EXPLAINED_AT.isNull())
        .limit(1)
        .fetchOptional(DIFFERENCE.SENTENCE);
  }

  @Override
  public void unexplained(Symbol symbol, String sentence) {
    unexplained(Difference.TRADE, symbol, sentence);
  }

  /** In what books and exchange differ. */
  enum Difference {
    /** A position is of another size. */
    POSITION,
    /** An order goes by an id of ours, and no task has it. */
    ORDER,
    /** A trade reduced more than was held. */
    TRADE;

    private String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same of any kind; what is listed already is not listed again. */
  void unexplained(Difference kind, Symbol symbol, String sentence) {
    boolean listed =
        transaction
            .sql()
            .fetchExists(
                DIFFERENCE,
                DIFFERENCE
                    .ACCOUNT_ID
                    .eq(account.id())
                    .and(DIFFERENCE.SYMBOL.eq(symbol.toString()))
                    .and(DIFFERENCE.EXPLAINED_AT.isNull())
                    .and(DIFFERENCE.SENTENCE.eq(sentence)));
    if (listed) {
      return;
    }
    int _ =
        transaction
            .sql()
            .insertInto(DIFFERENCE)
            .set(DIFFERENCE.TENANT_ID, account.tenant().value())
            .set(DIFFERENCE.ACCOUNT_ID, account.id())
            .set(DIFFERENCE.SYMBOL, symbol.toString())
            .set(DIFFERENCE.KIND, kind.code())
            .set(DIFFERENCE.SENTENCE, sentence)
            .set(DIFFERENCE.FOUND_AT, now)
            .execute();
    changed();
  }

  /** Whether the account holds a position of a strategy, or is about to. */
  boolean trades(String strategy) {
    return transaction
            .sql()
            .fetchExists(
                POSITION,
                POSITION
                    .ACCOUNT_ID
                    .eq(account.id())
                    .and(POSITION.STATUS.eq("OPEN"))
                    .and(POSITION.STRATEGY_CODE.eq(strategy)))
        || transaction
            .sql()
            .fetchExists(
                TRADE_ORDER,
                TRADE_ORDER
                    .ACCOUNT_ID
                    .eq(account.id())
                    .and(TRADE_ORDER.WORK_OPEN)
                    .and(TRADE_ORDER.STRATEGY_CODE.eq(strategy)));
  }

  /** All that is open in the books: positions. */
  List<HeldPosition> held() {
    return transaction
        .sql()
        .selectFrom(POSITION)
        .where(POSITION.ACCOUNT_ID.eq(account.id()).and(POSITION.STATUS.eq("OPEN")))
        .fetch(PositionRows::read);
  }

  /** Orders of which something is still to be done. */
  List<TradedOrder> unsettled() {
    return transaction
        .sql()
        .selectFrom(TRADE_ORDER)
        .where(TRADE_ORDER.ACCOUNT_ID.eq(account.id()).and(TRADE_ORDER.WORK_OPEN))
        .fetch(OrderRows::read);
  }

  /** How often the books have changed. */
  long version() {
    return transaction
        .sql()
        .select(ACCOUNT_BOOK.VERSION)
        .from(ACCOUNT_BOOK)
        .where(ACCOUNT_BOOK.ACCOUNT_ID.eq(account.id()))
        .fetchSingle()
        .value1();
  }

  /**
   * Positions are as the books say, but for those of which that is said: what made them differ is
   * over.
   */
  void explained(Set<String> stillOpen) {
    int _ =
        transaction
            .sql()
            .update(DIFFERENCE)
            .set(DIFFERENCE.EXPLAINED_AT, now)
            .where(DIFFERENCE.ACCOUNT_ID.eq(account.id()))
            .and(DIFFERENCE.EXPLAINED_AT.isNull())
            .and(DIFFERENCE.KIND.ne(Difference.ORDER.code()))
            .and(DIFFERENCE.SENTENCE.notIn(stillOpen))
            .execute();
  }

  /** What the account has, as its exchange says. */
  void funds(Funds funds) {
    BigDecimal equity = funds.total().add(funds.unrealized());
    int _ =
        transaction
            .sql()
            .update(ACCOUNT_BOOK)
            .set(ACCOUNT_BOOK.EQUITY, equity)
            .set(
                ACCOUNT_BOOK.PEAK_EQUITY,
                DSL.greatest(DSL.coalesce(ACCOUNT_BOOK.PEAK_EQUITY, equity), DSL.val(equity)))
            .set(ACCOUNT_BOOK.UNREALIZED, funds.unrealized())
            .where(ACCOUNT_BOOK.ACCOUNT_ID.eq(account.id()))
            .execute();
    boolean future = account.market() == MarketType.FUTURE;
    var update =
        transaction
            .sql()
            .update(EXCHANGE_ACCOUNT)
            .set(EXCHANGE_ACCOUNT.LAST_SYNC_AT, now)
            .setNull(EXCHANGE_ACCOUNT.LAST_SYNC_ERROR)
            .set(EXCHANGE_ACCOUNT.BALANCE, funds.total());
    if (future) {
      update =
          update
              .set(EXCHANGE_ACCOUNT.FUTURES_BALANCE, funds.total())
              .set(EXCHANGE_ACCOUNT.FUTURES_AVAILABLE, funds.available());
    }
    int _ = update.where(EXCHANGE_ACCOUNT.ID.eq(account.id())).execute();
  }

  /** USDT of an account. */
  record Funds(BigDecimal total, BigDecimal available, BigDecimal unrealized) {}

  private Optional<TradeOrderRecord> row(TaskId task) {
    return transaction
        .sql()
        .selectFrom(TRADE_ORDER)
        .where(TRADE_ORDER.TASK_ID.eq(task.text()))
        .and(TRADE_ORDER.ACCOUNT_ID.eq(account.id()))
        .fetchOptional();
  }

  private static Condition at(PositionKey key) {
    return POSITION
        .ACCOUNT_ID
        .eq(key.account())
        .and(POSITION.MARKET_TYPE.eq(key.market().code()))
        .and(POSITION.SYMBOL.eq(key.symbol().toString()))
        .and(POSITION.POSITION_SIDE.eq(key.direction().name()))
        .and(POSITION.STATUS.eq("OPEN"));
  }

  private void changed() {
    changed = true;
  }

  /** To be called last in the transaction. */
  void end() {
    if (changed) {
      int _ =
          transaction
              .sql()
              .update(ACCOUNT_BOOK)
              .set(ACCOUNT_BOOK.VERSION, ACCOUNT_BOOK.VERSION.plus(1))
              .where(ACCOUNT_BOOK.ACCOUNT_ID.eq(account.id()))
              .execute();
    }
  }
}
