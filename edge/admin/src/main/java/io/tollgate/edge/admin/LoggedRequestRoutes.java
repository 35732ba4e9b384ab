package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogPosition;
import io.tollgate.insight.LoggedRow;
import io.tollgate.insight.RequestSearch;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Page;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * {@code /api/request-logs/all} and what belongs to it: every request that reached the gateway of
 * this process, refused ones too, one of them whole, and what they have in common.
 */
final class LoggedRequestRoutes implements Routes {
  private static final String PATH = "/api/request-logs";
  private static final int ROWS_MAX = 500;
  private static final int REACH_MAX = 10_000;
  private static final int GROUPS_MAX = 1_000;
  private static final int HIGHEST_STATUS = 599;

  private final Optional<RequestSearch> log;
  private final AdminGate gate;

  /**
   * @param log empty in a process that keeps none
   */
  LoggedRequestRoutes(Optional<RequestSearch> log, AdminGate gate) {
    this.log = requireNonNull(log, "log is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(HttpMethod.GET, PATH + "/all", errors, gate.guard(this::list));
    table.blocking(HttpMethod.GET, PATH + "/stats", errors, gate.guard(this::statistics));
    table.blocking(HttpMethod.GET, PATH + "/{request_id}", errors, gate.guard(this::one));
  }

  private Response list(Request request) {
    Filters given = new Filters(request);
    LogFilter filter = filter(given);
    Page page = Page.from(request, ROWS_MAX);
    Optional<LogPosition> after = given.text("cursor").map(LoggedRequestRoutes::position);
    int from = after.isPresent() ? 0 : (page.number() - 1) * page.size();
    if (from < 0 || from + page.size() > REACH_MAX) {
      throw Filters.refusal(
          "page",
          Integer.toString(page.number()),
          "within the first " + REACH_MAX + " rows; go on by cursor");
    }
    RequestSearch search = search();
    List<LoggedRow> found = search.find(filter, from + page.size() + 1, after);
    List<LoggedRow> rows =
        found.subList(Math.min(from, found.size()), Math.min(from + page.size(), found.size()));
    boolean more = found.size() > from + page.size();
    return AnswerEnvelope.list(
        rows.stream().map(LoggedRequestRow::of).toList(),
        page.number(),
        page.size(),
        more ? Optional.of(cursor(rows.getLast().position())) : Optional.empty(),
        given.flag("count") ? OptionalLong.of(search.count(filter)) : OptionalLong.empty());
  }

  private Response statistics(Request request) {
    Filters given = new Filters(request);
    LogGrouping grouping =
        given
            .choice("group_by", List.of(LogGrouping.values()), LoggedRequestRoutes::word)
            .orElse(LogGrouping.NONE);
    return AnswerEnvelope.of(
        search().statistics(filter(given), grouping, GROUPS_MAX).stream()
            .map(LogStatisticsRow::of)
            .toList());
  }

  private Response one(Request request) {
    UUID id = ChargeId.parse(request.pathParam("request_id")).value();
    return search().find(LogFilter.of(id), 1, Optional.empty()).stream()
        .findFirst()
        .map(row -> AnswerEnvelope.of(LoggedRequestRow.of(row)))
        .orElseThrow(
            () -> new Refusal(ErrorCode.NOT_FOUND, "request " + id + " is not in the log"));
  }

  private RequestSearch search() {
    return log.orElseThrow(
        () ->
            new Refusal(
                ErrorCode.UNAVAILABLE,
                "this process keeps no request log (expected: one with the gateway role)"));
  }

  private static LogFilter filter(Filters given) {
    OptionalLong status = given.number("status", HIGHEST_STATUS);
    return new LogFilter(
        given.uuid("request_id"),
        given.text("client_request_id"),
        given.text("trace_id"),
        given.number("tenant_id"),
        given.number("user_id"),
        given.number("key"),
        given.number("account"),
        given.text("model"),
        status.isPresent()
            ? OptionalInt.of(Math.toIntExact(status.getAsLong()))
            : OptionalInt.empty(),
        given.text("error_code"),
        given.time("start"),
        given.time("end"));
  }

  private static String word(LogGrouping grouping) {
    return grouping.name().toLowerCase(Locale.ROOT);
  }

  private static String cursor(LogPosition position) {
    return CursorText.write(position.arrivedAt(), position.request());
  }

  private static LogPosition position(String cursor) {
    try {
      List<String> parts = CursorText.read(cursor, 2);
      return new LogPosition(Instant.parse(parts.get(0)), UUID.fromString(parts.get(1)));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw Filters.refusal("cursor", cursor, "next_cursor of the page before");
    }
  }
}
