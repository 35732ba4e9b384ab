package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AdminId;
import io.tollgate.identity.AdminChange;
import io.tollgate.identity.AdminChangeFilter;
import io.tollgate.identity.AdminChanges;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /api/audit-logs}: what administrators have changed, and who has signed in. */
final class AdminLogRoutes implements Routes {
  private static final String PATH = "/api/audit-logs";
  private static final Duration USUAL = Duration.ofDays(30);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int EXPORTED_MAX = 10_000;
  private static final int PART = 500;

  private final Transactions transactions;
  private final AdminChanges changes;
  private final AdminGate gate;
  private final InstantSource clock;
  private final AdminList<AdminChangeFilter, AdminChange> list;

  AdminLogRoutes(
      Transactions transactions, AdminChanges changes, AdminGate gate, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.changes = requireNonNull(changes, "changes is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.list =
        AdminList.endless(
            PATH, AdminLogRoutes::filter, changes::list, AdminChangeRow.class, AdminChangeRow::of);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    list.declare(table, gate, transactions);
    table.blocking(HttpMethod.GET, PATH + "/export", ErrorForms.admin(), gate.guard(this::export));
    table.blocking(HttpMethod.GET, PATH + "/stats", ErrorForms.admin(), gate.guard(this::sums));
  }

  private static AdminChangeFilter filter(Filters filters) {
    return new AdminChangeFilter(
        filters.id("admin_id", AdminId::new),
        filters.text("action"),
        filters.text("thing"),
        filters.text("thing_id"),
        filters.tenant(),
        filters.choice("outcome", List.of(true, false), done -> done ? "done" : "refused"),
        filters.uuid("request_id"),
        filters.time("start"),
        filters.time("end"));
  }

  /** The newest ones as CSV. */
  private Response export(Request request) {
    AdminChangeFilter filter = filter(new Filters(request));
    List<AdminChange> rows =
        transactions.read(
            transaction -> {
              List<AdminChange> read = new ArrayList<>();
              Optional<String> cursor = Optional.empty();
              do {
                ListPage<AdminChange> page =
                    changes.list(transaction, filter, new ListRequest(1, PART, cursor, false));
                read.addAll(page.rows());
                cursor = page.next();
              } while (cursor.isPresent() && read.size() < EXPORTED_MAX);
              return read;
            });
    return Response.text(200, "text/csv; charset=utf-8", AdminChangeCsv.of(rows))
        .withHeader("Content-Disposition", "attachment; filename=\"audit-log.csv\"")
        .withHeader("Cache-Control", "no-store");
  }

  private Response sums(Request request) {
    Filters filters = new Filters(request);
    Instant end = filters.time("end").orElseGet(clock::instant);
    Instant start = filters.time("start").orElse(end.minus(USUAL));
    if (!start.isBefore(end) || start.plus(LONGEST).isBefore(end)) {
      throw Filters.refusal(
          "start", start.toString(), "a time before end, at most " + LONGEST.toDays() + " days");
    }
    return AnswerEnvelope.of(
        transactions.read(transaction -> changes.sums(transaction, start, end)));
  }
}
