package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.FILL;
import static io.tollgate.schema.trading.Tables.POSITION;
import static io.tollgate.schema.trading.Tables.TRADE_ORDER;

import io.tollgate.trading.engine.TradeRecords.FillFilter;
import io.tollgate.trading.engine.TradeRecords.OrderFilter;
import io.tollgate.trading.engine.TradeRecords.Owner;
import io.tollgate.trading.engine.TradeRecords.PositionFilter;
import io.tollgate.trading.engine.TradeRecords.Span;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Filters of lists as conditions. */
final class RecordConditions {
  private RecordConditions() {}

  static Condition of(OrderFilter filter) {
    List<Condition> all = owned(filter.owner(), TRADE_ORDER.TENANT_ID, TRADE_ORDER.ACCOUNT_ID);
    filter.user().ifPresent(user -> all.add(TRADE_ORDER.USER_ID.eq(user.value())));
    equal(all, TRADE_ORDER.SYMBOL, filter.symbol());
    equal(all, TRADE_ORDER.EXCHANGE, filter.exchange().map(Exchange::code));
    named(all, TRADE_ORDER.SIDE, filter.side());
    named(all, TRADE_ORDER.STATUS, filter.status());
    equal(all, TRADE_ORDER.SIGNAL_ID, filter.signal());
    named(all, TRADE_ORDER.TRADE_TYPE, filter.intent());
    named(all, TRADE_ORDER.CLOSE_REASON, filter.closeReason());
    named(all, TRADE_ORDER.POSITION_SIDE, filter.direction());
    within(all, TRADE_ORDER.CREATED_AT, filter.span());
    return DSL.and(all);
  }

  static Condition of(FillFilter filter) {
    List<Condition> all = owned(filter.owner(), FILL.TENANT_ID, FILL.ACCOUNT_ID);
    equal(all, FILL.ORDER_ID, filter.order());
    equal(all, FILL.SYMBOL, filter.symbol());
    named(all, FILL.SIDE, filter.side());
    named(all, FILL.TRADE_TYPE, filter.intent());
    within(all, FILL.FILLED_AT, filter.span());
    return DSL.and(all);
  }

  static Condition of(PositionFilter filter) {
    List<Condition> all = owned(filter.owner(), POSITION.TENANT_ID, POSITION.ACCOUNT_ID);
    equal(all, POSITION.SYMBOL, filter.symbol());
    equal(all, POSITION.EXCHANGE, filter.exchange().map(Exchange::code));
    equal(all, POSITION.MARKET_TYPE, filter.market().map(MarketType::code));
    named(all, POSITION.POSITION_SIDE, filter.direction());
    named(all, POSITION.STATUS, filter.status());
    named(all, POSITION.CLOSE_REASON, filter.closeReason());
    filter
        .open()
        .ifPresent(
            open -> all.add(open ? POSITION.CLOSED_AT.isNull() : POSITION.CLOSED_AT.isNotNull()));
    return DSL.and(all);
  }

  private static List<Condition> owned(Owner owner, Field<Long> tenant, Field<Long> account) {
    List<Condition> all = new ArrayList<>();
    owner.tenant().ifPresent(of -> all.add(tenant.eq(of.value())));
    owner.account().ifPresent(of -> all.add(account.eq(of)));
    return all;
  }

  private static void equal(List<Condition> all, Field<String> field, Optional<String> wanted) {
    wanted.ifPresent(value -> all.add(field.eq(value)));
  }

  private static void named(
      List<Condition> all, Field<String> field, Optional<? extends Enum<?>> wanted) {
    wanted.ifPresent(value -> all.add(field.eq(value.name())));
  }

  private static void within(List<Condition> all, Field<Instant> field, Span span) {
    span.from().ifPresent(from -> all.add(field.ge(from)));
    span.until().ifPresent(until -> all.add(field.le(until)));
  }
}
