package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.UserId;
import io.tollgate.trading.engine.TradeRecords;
import io.tollgate.trading.engine.TradeRecords.FillFilter;
import io.tollgate.trading.engine.TradeRecords.OrderFilter;
import io.tollgate.trading.engine.TradeRecords.Owner;
import io.tollgate.trading.engine.TradeRecords.PositionFilter;
import io.tollgate.trading.engine.TradeRecords.PositionStatus;
import io.tollgate.trading.engine.TradeRecords.Span;
import io.tollgate.trading.engine.episode.Episode.Direction;
import io.tollgate.trading.engine.execution.BookedStatus;
import io.tollgate.trading.engine.execution.CloseReason;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Side;
import io.tollgate.web.Filters;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/** {@code /api/orders}, {@code /api/fills} and {@code /api/positions}: what was traded. */
final class TradeRecordRoutes implements Routes {
  private static final int USUAL_LIMIT = 100;

  private final Transactions transactions;
  private final AdminGate gate;
  private final AdminList<OrderFilter, TradeRecords.OrderRecord> orders;
  private final AdminList<FillFilter, TradeRecords.FillRecord> fills;
  private final AdminList<PositionFilter, TradeRecords.PositionRecord> positions;

  TradeRecordRoutes(Transactions transactions, TradeRecords records, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.orders =
        AdminList.counted(
                "/api/orders",
                TradeRecordRoutes::orderFilter,
                records.orders(),
                TradeRows.Order.class,
                TradeRows.Order::of)
            .withLimit(USUAL_LIMIT);
    this.fills =
        AdminList.counted(
                "/api/fills",
                TradeRecordRoutes::fillFilter,
                records.fills(),
                TradeRows.Fill.class,
                TradeRows.Fill::of)
            .withLimit(USUAL_LIMIT);
    this.positions =
        AdminList.counted(
                "/api/positions",
                TradeRecordRoutes::positionFilter,
                records.positions(),
                TradeRows.Position.class,
                TradeRows.Position::of)
            .withLimit(USUAL_LIMIT);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    orders.declare(table, gate, transactions);
    fills.declare(table, gate, transactions);
    positions.declare(table, gate, transactions);
  }

  static OrderFilter orderFilter(Filters filters) {
    return new OrderFilter(
        owner(filters),
        filters.id("user_id", UserId::new),
        filters.text("symbol"),
        filters.choice("exchange", List.of(Exchange.values()), Exchange::code),
        filters.choice("side", List.of(Side.values()), Side::name),
        filters.choice("status", List.of(BookedStatus.values()), BookedStatus::name),
        filters.text("signal_id"),
        filters.choice("trade_type", List.of(RiskOrder.Intent.values()), RiskOrder.Intent::name),
        closeReason(filters),
        filters.choice("position_side", List.of(Direction.values()), Direction::name),
        span(filters));
  }

  private static FillFilter fillFilter(Filters filters) {
    return new FillFilter(
        owner(filters),
        filters.text("order_id"),
        filters.text("symbol"),
        filters.choice("side", List.of(Side.values()), Side::name),
        filters.choice("trade_type", List.of(RiskOrder.Intent.values()), RiskOrder.Intent::name),
        span(filters));
  }

  static PositionFilter positionFilter(Filters filters) {
    return new PositionFilter(
        owner(filters),
        filters.text("symbol"),
        filters.choice("exchange", List.of(Exchange.values()), Exchange::code),
        filters.choice("market_type", List.of(MarketType.values()), MarketType::code),
        filters.choice("position_side", List.of(Direction.values()), Direction::name),
        filters.choice("status", List.of(PositionStatus.values()), PositionStatus::name),
        closeReason(filters),
        filters.either("has_position"));
  }

  private static Optional<CloseReason> closeReason(Filters filters) {
    return filters.choice("close_reason", List.of(CloseReason.values()), CloseReason::name);
  }

  private static Owner owner(Filters filters) {
    return new Owner(filters.tenant(), filters.number("account_id"));
  }

  private static Span span(Filters filters) {
    return new Span(filters.time("start_time"), filters.time("end_time"));
  }
}
