package io.tollgate.edge.portal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.Principal;
import io.tollgate.insight.ListedRequest;
import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogStatistics;
import io.tollgate.insight.RequestList;
import io.tollgate.insight.RequestQuery;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/me/request-logs}: the requests of the user who calls, what they have in common,
 * and all of them to take away. Requests of somebody else are not there, whatever is asked for.
 */
final class MyRequestRoutes implements Routes {
  private static final String PATH = "/api/v1/me/request-logs";
  private static final int ROWS_MAX = 100;
  private static final int GROUPS_MAX = 1_000;

  /** By what is theirs: not by who else there is, nor by who serves them. */
  private static final List<LogGrouping> GROUPINGS =
      List.of(
          LogGrouping.NONE,
          LogGrouping.KEY,
          LogGrouping.MODEL,
          LogGrouping.STATUS,
          LogGrouping.ERROR,
          LogGrouping.HOUR,
          LogGrouping.DAY);

  private final RequestList requests;
  private final PortalGate gate;
  private final int exportRowsMax;

  /**
   * @param exportRowsMax requests in one export
   */
  MyRequestRoutes(RequestList requests, int exportRowsMax, PortalGate gate) {
    this.requests = requireNonNull(requests, "requests is null");
    this.exportRowsMax = exportRowsMax;
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.blocking(HttpMethod.GET, PATH, errors, this::list);
    table.blocking(HttpMethod.GET, PATH + "/stats", errors, this::statistics);
    table.blocking(HttpMethod.GET, PATH + "/export", errors, this::export);
    table.blocking(HttpMethod.GET, PATH + "/{request_id}", errors, this::one);
  }

  private Response list(Request request) {
    Principal.OfUser caller = gate.require(request).user();
    RequestQuery query = new RequestQuery(request);
    RequestQuery.Found found = query.page(requests, mine(query.filter(), caller), ROWS_MAX);
    return PortalAnswer.list(
        found.rows().stream().map(MyRequestRow::of).toList(),
        found.page(),
        found.size(),
        found.next(),
        found.total());
  }

  private Response statistics(Request request) {
    Principal.OfUser caller = gate.require(request).user();
    RequestQuery query = new RequestQuery(request);
    LogGrouping grouping = query.grouping(GROUPINGS);
    return PortalAnswer.of(
        requests.statistics(mine(query.filterOfLog(), caller), grouping, GROUPS_MAX).stream()
            .map(Group::of)
            .toList());
  }

  private Response one(Request request) {
    Principal.OfUser caller = gate.require(request).user();
    UUID id = ChargeId.parse(request.pathParam("request_id")).value();
    return requests.find(mine(LogFilter.of(id), caller), 1, Optional.empty()).stream()
        .findFirst()
        .map(row -> PortalAnswer.of(MyRequestRow.of(row)))
        .orElseThrow(
            () -> new Refusal(ErrorCode.NOT_FOUND, "request " + id + " is not in the log"));
  }

  private Response export(Request request) {
    Principal.OfUser caller = gate.require(request).user();
    LogFilter filter = mine(new RequestQuery(request).filter(), caller);
    return Response.streamed("text/csv; charset=utf-8", out -> csv(filter, out))
        .withHeader("Content-Disposition", "attachment; filename=\"requests.csv\"")
        .withHeader("Cache-Control", "no-store");
  }

  private void csv(LogFilter filter, OutputStream out) throws IOException {
    out.write(MyRequestCsv.HEAD.getBytes(UTF_8));
    requests.each(filter, exportRowsMax, row -> out.write(line(row)));
  }

  private static byte[] line(ListedRequest row) {
    return MyRequestCsv.line(MyRequestRow.of(row)).getBytes(UTF_8);
  }

  /** Who serves them is not told, by a filter neither. */
  private static LogFilter mine(LogFilter asked, Principal.OfUser caller) {
    if (asked.account().isPresent()) {
      throw Filters.refusal("account", Long.toString(asked.account().getAsLong()), "none here");
    }
    return asked.ofUser(caller.tenant().value(), caller.user().value());
  }

  /** What requests of one group have in common. */
  private record Group(
      @Nullable String group,
      long requests,
      long failed,
      long inputTokens,
      long outputTokens,
      @Nullable BigDecimal cost,
      @Nullable String currency,
      long latencyP50Ms,
      long latencyP95Ms) {
    static Group of(LogStatistics row) {
      return new Group(
          row.group().orElse(null),
          row.requests(),
          row.failed(),
          row.inputTokens(),
          row.outputTokens(),
          row.currency()
              .map(code -> new Amount(Asset.money(code), row.cost()).toDecimal())
              .orElse(null),
          row.currency().orElse(null),
          row.latencyP50Ms(),
          row.latencyP95Ms());
    }
  }
}
