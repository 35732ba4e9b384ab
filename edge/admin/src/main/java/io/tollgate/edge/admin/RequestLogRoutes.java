package io.tollgate.edge.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyRegister;
import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogFormat;
import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.RequestList;
import io.tollgate.insight.RequestQuery;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.tollgate.web.RowColumns;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code /api/request-logs}: every request that reached the gateway, refused ones too; one of them
 * whole, what they have in common, and all of them to take away.
 */
final class RequestLogRoutes implements Routes {
  private static final String PATH = "/api/request-logs";
  private static final int ROWS_MAX = 500;
  private static final int GROUPS_MAX = 1_000;

  private final RequestList requests;
  private final KeyRegister keys;
  private final AdminGate gate;
  private final int exportRowsMax;

  /**
   * @param exportRowsMax requests in one export
   */
  RequestLogRoutes(RequestList requests, KeyRegister keys, int exportRowsMax, AdminGate gate) {
    this.requests = requireNonNull(requests, "requests is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.exportRowsMax = exportRowsMax;
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(HttpMethod.GET, PATH, errors, gate.guard(this::list));
    table.blocking(HttpMethod.GET, PATH + "/stats", errors, gate.guard(this::statistics));
    table.blocking(HttpMethod.GET, PATH + "/export", errors, gate.guard(this::export));
    table.blocking(HttpMethod.GET, PATH + "/{request_id}", errors, gate.guard(this::one));
  }

  private Response list(Request request) {
    Filters given = new Filters(request);
    Optional<Comparator<Object>> _ =
        ListForm.order(given, RowColumns.of(LoggedRequestRow.class), true);
    RequestQuery query = new RequestQuery(request);
    if (ListForm.isCsv(given)) {
      LogFilter filter = ofHolder(query.filter());
      return ListForm.file(PATH, out -> csv(filter, out));
    }
    RequestQuery.Found found = query.page(requests, ofHolder(query.filter()), ROWS_MAX);
    return AnswerEnvelope.list(
        found.rows().stream().map(LoggedRequestRow::of).toList(),
        found.page(),
        found.size(),
        found.next(),
        found.total());
  }

  private Response statistics(Request request) {
    RequestQuery query = new RequestQuery(request);
    LogGrouping grouping = query.grouping(List.of(LogGrouping.values()));
    return ListForm.whole(
        request,
        "request-log-stats",
        LogStatisticsRow.class,
        requests.statistics(ofHolder(query.filterOfLog()), grouping, GROUPS_MAX).stream()
            .map(LogStatisticsRow::of)
            .toList());
  }

  /** The log finds requests by whose they are: of a key that is asked for alone, its user's. */
  private LogFilter ofHolder(LogFilter filter) {
    return filter.key().isPresent() && filter.user().isEmpty()
        ? keys.find(new ApiKeyId(filter.key().getAsLong()))
            .map(key -> filter.ofUser(key.user().value()))
            .orElse(filter)
        : filter;
  }

  private Response one(Request request) {
    UUID id = ChargeId.parse(request.pathParam("request_id")).value();
    return requests
        .find(id)
        .map(row -> AnswerEnvelope.of(LoggedRequestRow.of(row)))
        .orElseThrow(
            () -> new Refusal(ErrorCode.NOT_FOUND, "request " + id + " is not in the log"));
  }

  private Response export(Request request) {
    RequestQuery query = new RequestQuery(request);
    LogFormat format = query.format();
    Response file =
        switch (format) {
          case CSV -> {
            LogFilter filter = ofHolder(query.filter());
            yield Response.streamed("text/csv; charset=utf-8", out -> csv(filter, out));
          }
          case PARQUET -> {
            LogFilter filter = ofHolder(query.filterOfLog());
            yield Response.streamed(
                "application/vnd.apache.parquet",
                out -> requests.parquet(filter, exportRowsMax, out));
          }
        };
    return file.withHeader(
            "Content-Disposition",
            "attachment; filename=\"request-logs." + RequestQuery.word(format) + "\"")
        .withHeader("Cache-Control", "no-store");
  }

  private void csv(LogFilter filter, OutputStream out) throws IOException {
    out.write(RequestLogCsv.HEAD.getBytes(UTF_8));
    requests.each(
        filter,
        exportRowsMax,
        row -> out.write(RequestLogCsv.line(LoggedRequestRow.of(row)).getBytes(UTF_8)));
  }
}
