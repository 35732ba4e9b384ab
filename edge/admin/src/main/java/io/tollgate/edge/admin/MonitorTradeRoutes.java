package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.trading.engine.ManualTrading;
import io.tollgate.trading.engine.TradeRecords;
import io.tollgate.trading.engine.TradeRecords.OrderFilter;
import io.tollgate.trading.engine.TradeRecords.PositionFilter;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;

/** Positions, orders and closes, where whoever steers the signal monitor looks for them. */
final class MonitorTradeRoutes implements Routes {
  private static final int USUAL_LIMIT = 100;

  private final String close;
  private final Transactions transactions;
  private final ManualTrading trading;
  private final AdminGate gate;
  private final AdminList<PositionFilter, TradeRecords.PositionRecord> positions;
  private final AdminList<OrderFilter, TradeRecords.OrderRecord> history;

  /**
   * @param under where the monitor's paths are
   */
  MonitorTradeRoutes(
      String under,
      Transactions transactions,
      TradeRecords records,
      ManualTrading trading,
      AdminGate gate) {
    String place = under + "/trading";
    this.close = place + "/close";
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.trading = requireNonNull(trading, "trading is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.positions =
        AdminList.counted(
                place + "/positions",
                TradeRecordRoutes::positionFilter,
                records.positions(),
                TradeRows.Position.class,
                TradeRows.Position::of)
            .withLimit(USUAL_LIMIT);
    this.history =
        AdminList.counted(
                place + "/history",
                TradeRecordRoutes::orderFilter,
                records.orders(),
                TradeRows.Order.class,
                TradeRows.Order::of)
            .withLimit(USUAL_LIMIT);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    positions.declare(table, gate, transactions);
    history.declare(table, gate, transactions);
    table.blocking(
        HttpMethod.POST,
        close,
        ErrorForms.admin(),
        gate.guard(AdminPermission.TRADING, request -> ManualOrderRoutes.closed(trading, request)));
  }
}
