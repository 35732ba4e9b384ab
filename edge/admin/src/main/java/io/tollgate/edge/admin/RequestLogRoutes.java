package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.UsageFilter;
import io.tollgate.metering.UsageQueries;
import io.tollgate.metering.UsageRecord;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** {@code GET /api/request-logs}: the requests in the books, newest first. */
final class RequestLogRoutes implements Routes {
  private static final int HIGHEST_STATUS = 599;

  private final Transactions transactions;
  private final UsageQueries usage;
  private final AdminGate gate;

  RequestLogRoutes(Transactions transactions, UsageQueries usage, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.usage = requireNonNull(usage, "usage is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(HttpMethod.GET, "/api/request-logs", ErrorForms.admin(), gate.guard(this::list));
  }

  private Response list(Request request) {
    UsageFilter filter = filter(new Filters(request));
    EndlessList<UsageQueries.Position> list =
        new EndlessList<>(request, RequestLogRoutes::position);
    return transactions.read(
        transaction -> {
          List<UsageRecord> rows = usage.search(transaction, filter, list.limit(), list.after());
          OptionalLong total =
              list.count()
                  ? OptionalLong.of(usage.count(transaction, filter))
                  : OptionalLong.empty();
          return list.answer(rows, RequestLogRow::of, RequestLogRoutes::cursor, total);
        });
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

  private static String cursor(UsageRecord row) {
    return Cursor.write(row.openedAt(), row.charge());
  }

  /** The place that a cursor of a list of requests names. */
  static UsageQueries.Position position(String cursor) {
    List<String> parts = Cursor.read(cursor, 2);
    return new UsageQueries.Position(
        Instant.parse(parts.get(0)), new ChargeId(UUID.fromString(parts.get(1))));
  }
}
