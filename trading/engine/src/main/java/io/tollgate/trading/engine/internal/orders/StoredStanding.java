package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.POSITION;
import static io.tollgate.schema.trading.Tables.TRADE_ORDER;

import io.tollgate.data.Transaction;
import io.tollgate.schema.trading.tables.records.PositionRecord;
import io.tollgate.trading.engine.execution.AccountStanding;
import io.tollgate.trading.engine.execution.AccountStanding.Stake;
import io.tollgate.trading.engine.execution.AccountStanding.TradingRecord;
import io.tollgate.trading.engine.execution.BookedStatus;
import io.tollgate.trading.engine.execution.HeldPosition;
import io.tollgate.trading.engine.execution.OrderTerms;
import io.tollgate.trading.engine.execution.TradedOrder;
import io.tollgate.trading.engine.risk.LastTime;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** How an account stands, read while its books are held. */
final class StoredStanding {
  /** More losses in a row than that are as many for every rule. */
  private static final int LOOKED_BACK = 200;

  private final Transaction transaction;
  private final BookedAccount account;
  private final Instant now;

  StoredStanding(Transaction transaction, BookedAccount account, Instant now) {
    this.transaction = transaction;
    this.account = account;
    this.now = now;
  }

  AccountStanding read() {
    List<HeldPosition> open =
        transaction
            .sql()
            .selectFrom(POSITION)
            .where(POSITION.ACCOUNT_ID.eq(account.id()).and(POSITION.STATUS.eq("OPEN")))
            .fetch(PositionRows::read);
    List<Stake> entering =
        transaction
            .sql()
            .selectFrom(TRADE_ORDER)
            .where(TRADE_ORDER.ACCOUNT_ID.eq(account.id()).and(TRADE_ORDER.WORK_OPEN))
            .fetch(OrderRows::read)
            .stream()
            .filter(order -> order.terms().intent().enters())
            .map(StoredStanding::stake)
            .toList();
    return new AccountStanding(
        account.available(),
        open.stream().map(each -> new Stake(each.key(), each.episode().cost())).toList(),
        entering,
        record(open.isEmpty()));
  }

  private static Stake stake(TradedOrder order) {
    OrderTerms terms = order.terms();
    BigDecimal rest = order.life().quantity().subtract(order.life().booked());
    return new Stake(terms.position(), rest.multiply(terms.reference()));
  }

  private TradingRecord record(boolean flat) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Instant day = today.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant week =
        today
            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant();
    List<PositionRecord> closed =
        transaction
            .sql()
            .selectFrom(POSITION)
            .where(POSITION.ACCOUNT_ID.eq(account.id()).and(POSITION.CLOSED_AT.isNotNull()))
            .orderBy(POSITION.CLOSED_AT.desc())
            .limit(LOOKED_BACK)
            .fetch();
    List<PositionRecord> losses = closed.stream().takeWhile(row -> pnl(row).signum() < 0).toList();
    return new TradingRecord(
        entries(day),
        entries(week),
        lossSince(day, flat),
        losses.size(),
        closed.stream()
            .filter(row -> pnl(row).signum() < 0)
            .findFirst()
            .<LastTime>map(row -> new LastTime.At(row.getClosedAt()))
            .orElseGet(LastTime.Never::new),
        lastEntry(),
        account.equity(),
        account.peakEquity());
  }

  private static BigDecimal pnl(PositionRecord row) {
    return row.getGross().subtract(row.getFees()).add(row.getFunding());
  }

  private Condition entered() {
    return TRADE_ORDER
        .ACCOUNT_ID
        .eq(account.id())
        .and(TRADE_ORDER.TRADE_TYPE.in("OPEN", "ADD"))
        .and(TRADE_ORDER.STATUS.notIn(BookedStatus.REJECTED.name(), BookedStatus.FAILED.name()));
  }

  private long entries(Instant since) {
    return transaction
        .sql()
        .fetchCount(TRADE_ORDER, entered().and(TRADE_ORDER.CREATED_AT.ge(since)));
  }

  private LastTime lastEntry() {
    return transaction
        .sql()
        .select(DSL.max(TRADE_ORDER.CREATED_AT))
        .from(TRADE_ORDER)
        .where(entered())
        .fetchOptional(row -> row.value1())
        .<LastTime>map(LastTime.At::new)
        .orElseGet(LastTime.Never::new);
  }

  /** With what open positions have lost as of the last sync; not known where there was none. */
  private Optional<BigDecimal> lossSince(Instant day, boolean flat) {
    BigDecimal realised =
        transaction
            .sql()
            .select(DSL.sum(POSITION.GROSS.minus(POSITION.FEES).plus(POSITION.FUNDING)))
            .from(POSITION)
            .where(POSITION.ACCOUNT_ID.eq(account.id()).and(POSITION.CLOSED_AT.ge(day)))
            .fetchOptional(row -> row.value1())
            .orElse(BigDecimal.ZERO);
    Optional<BigDecimal> open =
        flat
            ? Optional.of(BigDecimal.ZERO)
            : account.unrealized().map(gain -> gain.min(BigDecimal.ZERO));
    return open.map(lost -> realised.add(lost).negate());
  }
}
