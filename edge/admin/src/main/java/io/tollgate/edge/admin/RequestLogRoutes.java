package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.UsageFilter;
import io.tollgate.metering.UsageQueries;
import io.tollgate.metering.UsageQueries.Position;
import io.tollgate.metering.UsageRecord;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** {@code GET /api/request-logs}: the requests in the books, newest first. */
final class RequestLogRoutes implements Routes {
  private static final int HIGHEST_STATUS = 599;

  private final Transactions transactions;
  private final AdminList<UsageFilter, UsageRecord> list;
  private final AdminGate gate;

  RequestLogRoutes(Transactions transactions, UsageQueries usage, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.list =
        AdminList.endless(
            "/api/request-logs",
            RequestLogRoutes::filter,
            new PositionQuery<>(
                usage::search, usage::count, row -> new Position(row.openedAt(), row.charge())),
            RequestLogRow::of);
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    list.declare(table, gate, transactions);
  }

  private static UsageFilter filter(Filters filters) {
    OptionalLong status = filters.number("status", HIGHEST_STATUS);
    return new UsageFilter(
        filters.text("request_id").map(ChargeId::parse),
        filters.tenant(),
        filters.id("user_id", UserId::new),
        filters.id("key", ApiKeyId::new),
        filters.number("account"),
        filters.text("model"),
        status.isPresent()
            ? OptionalInt.of(Math.toIntExact(status.getAsLong()))
            : OptionalInt.empty(),
        filters.time("start"),
        filters.time("end"));
  }
}
