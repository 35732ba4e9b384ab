package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.FILL;
import static io.tollgate.schema.trading.Tables.POSITION;
import static io.tollgate.schema.trading.Tables.TRADE_ORDER;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListQuery;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.schema.trading.tables.records.TradeOrderRecord;
import io.tollgate.trading.engine.TradeRecords;
import io.tollgate.trading.engine.episode.Episode.Direction;
import io.tollgate.trading.engine.execution.BookedStatus;
import io.tollgate.trading.engine.execution.CloseReason;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderType;
import io.tollgate.trading.exchange.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** Orders, trades and positions as lists. */
public final class StoredRecords implements TradeRecords {
  private static final int DECIMALS = 8;

  @Override
  public ListQuery<OrderFilter, OrderRecord> orders() {
    return StoredRecords::orders;
  }

  @Override
  public ListQuery<FillFilter, FillRecord> fills() {
    return StoredRecords::fills;
  }

  @Override
  public ListQuery<PositionFilter, PositionRecord> positions() {
    return StoredRecords::positions;
  }

  private static ListPage<OrderRecord> orders(
      Transaction transaction, OrderFilter filter, ListRequest request) {
    Condition which = RecordConditions.of(filter);
    ListPage<TradeOrderRecord> page =
        ListPage.of(
            transaction
                .sql()
                .selectFrom(TRADE_ORDER)
                .where(which)
                .and(TimePlace.before(request, TRADE_ORDER.CREATED_AT, TRADE_ORDER.ORDER_ID))
                .orderBy(TRADE_ORDER.CREATED_AT.desc(), TRADE_ORDER.ORDER_ID.desc())
                .offset(request.offset())
                .limit(request.limit())
                .fetch(),
            request,
            row -> new TimePlace(row.getCreatedAt(), row.getOrderId()).text(),
            () -> transaction.sql().fetchCount(TRADE_ORDER, which));
    Map<String, List<Fee>> fees = fees(transaction, page.rows());
    return page.with(
        page.rows().stream()
            .map(row -> order(row, fees.getOrDefault(row.getOrderId(), List.of())))
            .toList());
  }

  private static Map<String, List<Fee>> fees(Transaction transaction, List<TradeOrderRecord> rows) {
    return transaction
        .sql()
        .select(FILL.ORDER_ID, FILL.FEE_CURRENCY, DSL.sum(FILL.FEE))
        .from(FILL)
        .where(FILL.ORDER_ID.in(rows.stream().map(TradeOrderRecord::getOrderId).toList()))
        .groupBy(FILL.ORDER_ID, FILL.FEE_CURRENCY)
        .orderBy(FILL.ORDER_ID, FILL.FEE_CURRENCY)
        .fetch()
        .stream()
        .collect(
            Collectors.groupingBy(
                row -> row.value1(),
                Collectors.mapping(
                    row -> new Fee(row.value2(), row.value3()),
                    Collectors.toCollection(ArrayList::new))));
  }

  private static OrderRecord order(TradeOrderRecord row, List<Fee> fees) {
    BigDecimal filled = row.getFilledQuantity();
    return new OrderRecord(
        row.getOrderId(),
        row.getClientOrderId(),
        Optional.ofNullable(row.getExchangeOrderId()),
        new Traded(
            new TenantId(row.getTenantId()),
            new UserId(row.getUserId()),
            row.getAccountId(),
            Exchange.of("exchange", row.getExchange()),
            MarketType.of("market_type", row.getMarketType()),
            row.getSymbol(),
            Direction.valueOf(row.getPositionSide())),
        Optional.ofNullable(row.getSignalId()),
        Optional.ofNullable(row.getStrategyCode()),
        Side.valueOf(row.getSide()),
        OrderType.valueOf(row.getOrderType()),
        RiskOrder.Intent.valueOf(row.getTradeType()),
        Optional.ofNullable(row.getCloseReason()).map(CloseReason::valueOf),
        row.getQuantity(),
        Optional.ofNullable(row.getPrice()),
        Optional.ofNullable(row.getStopLoss()),
        Optional.ofNullable(row.getTakeProfit()),
        BookedStatus.valueOf(row.getStatus()),
        filled,
        filled.signum() == 0
            ? Optional.empty()
            : Optional.of(row.getFilledValue().divide(filled, DECIMALS, RoundingMode.HALF_EVEN)),
        fees,
        Optional.ofNullable(row.getErrorCode()),
        Optional.ofNullable(row.getErrorMessage()),
        row.getCreatedAt(),
        Optional.ofNullable(row.getSubmittedAt()),
        row.getUpdatedAt());
  }

  private static ListPage<FillRecord> fills(
      Transaction transaction, FillFilter filter, ListRequest request) {
    Condition which = RecordConditions.of(filter);
    return ListPage.of(
        transaction
            .sql()
            .selectFrom(FILL)
            .where(which)
            .and(TimePlace.before(request, FILL.FILLED_AT, FILL.FILL_ID))
            .orderBy(FILL.FILLED_AT.desc(), FILL.FILL_ID.desc())
            .offset(request.offset())
            .limit(request.limit())
            .fetch(
                row ->
                    new FillRecord(
                        row.getFillId(),
                        row.getExchangeTradeId(),
                        row.getOrderId(),
                        new TenantId(row.getTenantId()),
                        row.getAccountId(),
                        Exchange.of("exchange", row.getExchange()),
                        MarketType.of("market_type", row.getMarketType()),
                        row.getSymbol(),
                        Side.valueOf(row.getSide()),
                        RiskOrder.Intent.valueOf(row.getTradeType()),
                        row.getQuantity(),
                        row.getPrice(),
                        new Fee(row.getFeeCurrency(), row.getFee()),
                        row.getFilledAt(),
                        row.getCreatedAt())),
        request,
        row -> new TimePlace(row.filledAt(), row.id()).text(),
        () -> transaction.sql().fetchCount(FILL, which));
  }

  private static ListPage<PositionRecord> positions(
      Transaction transaction, PositionFilter filter, ListRequest request) {
    Condition which = RecordConditions.of(filter);
    return ListPage.of(
        transaction
            .sql()
            .selectFrom(POSITION)
            .where(which)
            .and(TimePlace.before(request, POSITION.UPDATED_AT, POSITION.POSITION_ID))
            .orderBy(POSITION.UPDATED_AT.desc(), POSITION.POSITION_ID.desc())
            .offset(request.offset())
            .limit(request.limit())
            .fetch(
                row ->
                    new PositionRecord(
                        row.getPositionId(),
                        new Traded(
                            new TenantId(row.getTenantId()),
                            new UserId(row.getUserId()),
                            row.getAccountId(),
                            Exchange.of("exchange", row.getExchange()),
                            MarketType.of("market_type", row.getMarketType()),
                            row.getSymbol(),
                            Direction.valueOf(row.getPositionSide())),
                        Optional.ofNullable(row.getStrategyCode()),
                        row.getQuantity(),
                        row.getTotalCost(),
                        row.getGross().subtract(row.getFees()).add(row.getFunding()),
                        row.getClosingTask() != null,
                        Optional.ofNullable(row.getEntryPrice()),
                        Optional.ofNullable(row.getStopLoss()),
                        Optional.ofNullable(row.getTakeProfit()),
                        PositionStatus.valueOf(row.getStatus()),
                        Optional.ofNullable(row.getCloseReason()).map(CloseReason::valueOf),
                        row.getOpenedAt(),
                        Optional.ofNullable(row.getClosedAt()),
                        row.getCreatedAt(),
                        row.getUpdatedAt())),
        request,
        row -> new TimePlace(row.updatedAt(), row.id()).text(),
        () -> transaction.sql().fetchCount(POSITION, which));
  }
}
