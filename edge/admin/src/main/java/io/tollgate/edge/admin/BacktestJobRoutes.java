package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.backtest.BacktestJob;
import io.tollgate.trading.engine.backtest.BacktestJobs;
import io.tollgate.trading.engine.backtest.BacktestTrade;
import io.tollgate.trading.engine.backtest.ExitReason;
import io.tollgate.trading.engine.report.HtmlReport;
import io.tollgate.trading.engine.report.ReportLanguage;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.web.BlockingRoute;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.tollgate.web.RowColumns;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/backtest/jobs}: where a backtest stands that was asked for with {@code async}, its
 * end, and, once it is over, its trades and its report.
 */
final class BacktestJobRoutes implements Routes {
  private static final String JOB = "/api/backtest/jobs/{job_id}";
  private static final int PAGE_MAX = 500;
  private static final RowColumns COLUMNS = RowColumns.of(BacktestTradeRow.class);

  private final BacktestJobs<BacktestAnswer> jobs;
  private final AdminGate gate;

  BacktestJobRoutes(BacktestJobs<BacktestAnswer> jobs, AdminGate gate) {
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    read(table, JOB, request -> shown(find(request)));
    read(table, JOB + "/trades", this::trades);
    read(table, JOB + "/report", this::report);
    table.blocking(
        HttpMethod.DELETE,
        JOB,
        ErrorForms.admin(),
        gate.guardQuestion(AdminPermission.READ, this::cancel));
  }

  private void read(RouteTable table, String path, BlockingRoute route) {
    table.blocking(
        HttpMethod.GET, path, ErrorForms.admin(), gate.guard(AdminPermission.READ, route));
  }

  private Response cancel(Request request) {
    BacktestJob<BacktestAnswer> job = find(request);
    job.cancel();
    return shown(job);
  }

  private Response trades(Request request) {
    TradedRun run = run(request);
    Filters given = new Filters(request);
    Predicate<BacktestTrade> wanted =
        wanted(
                given,
                "side",
                List.of(SignalSide.values()),
                BacktestJobRoutes::side,
                BacktestTrade::side)
            .and(
                wanted(
                    given,
                    "exit_reason",
                    List.of(ExitReason.values()),
                    reason -> reason.name().toLowerCase(Locale.ROOT),
                    BacktestTrade::exitReason))
            .and(
                wanted(
                    given,
                    "outcome",
                    List.of("won", "lost"),
                    outcome -> outcome,
                    trade -> trade.pnl().signum() > 0 ? "won" : "lost"));
    ListPart part = ListPart.from(request, OptionalInt.empty(), PAGE_MAX);
    Optional<Comparator<Object>> order = ListForm.order(given, COLUMNS, false);
    List<Object> rows = new ArrayList<>();
    run.result().trades().stream()
        .filter(wanted)
        .map(trade -> BacktestTradeRow.of(trade, run.isolated()))
        .forEach(rows::add);
    order.ifPresent(rows::sort);
    return ListForm.isCsv(given)
        ? ListForm.file("trades-" + run.code(), out -> ListForm.write(out, COLUMNS, rows))
        : ListForm.page(rows, part);
  }

  private static String side(SignalSide side) {
    return side == SignalSide.BUY ? "long" : "short";
  }

  /** Which trades a filter leaves. */
  private static <T> Predicate<BacktestTrade> wanted(
      Filters given,
      String name,
      List<T> values,
      Function<T, String> word,
      Function<BacktestTrade, T> of) {
    Optional<T> chosen = given.choice(name, values, word);
    return trade -> chosen.isEmpty() || chosen.get().equals(of.apply(trade));
  }

  private Response report(Request request) {
    TradedRun run = run(request);
    ReportLanguage language =
        ReportLanguage.of("lang", request.query("lang").orElse(ReportLanguage.ENGLISH.tag()));
    return Response.text(
            200,
            "text/html; charset=utf-8",
            HtmlReport.of(run.head(), run.result(), run.prices(), language))
        .withHeader(
            "Content-Disposition", "attachment; filename=\"backtest-" + run.code() + ".html\"")
        .withHeader("Cache-Control", "no-store");
  }

  private TradedRun run(Request request) {
    BacktestJob<BacktestAnswer> job = find(request);
    BacktestAnswer answer =
        job.result()
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.CONFLICT,
                        "the backtest is " + named(job.state()) + " (expected: done)"));
    return answer
        .run()
        .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "nothing was traded by this job"));
  }

  private BacktestJob<BacktestAnswer> find(Request request) {
    String id = request.pathParam("job_id");
    return jobs.find(id)
        .orElseThrow(
            () ->
                new Refusal(ErrorCode.NOT_FOUND, "there is no backtest " + GivenText.shown(id))
                    .withDetails("Jobs are known to the process that took them, for a while."));
  }

  private static Response shown(BacktestJob<BacktestAnswer> job) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("success", true);
    answer.put("job_id", job.id());
    answer.put("state", named(job.state()));
    answer.put("progress", job.progress());
    answer.put("result", null);
    answer.put("error", null);
    answer.put("code", null);
    job.result().ifPresent(result -> answer.put("result", result.shown()));
    job.failure().ifPresent(failure -> answer.putAll(fault(failure)));
    return Response.json(200, answer);
  }

  private static String named(BacktestJob.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> fault(Throwable failure) {
    return failure instanceof Refusal refusal
        ? Map.of("error", refusal.sentence(), "code", refusal.code().name())
        : Map.of("error", "the backtest failed", "code", ErrorCode.INTERNAL.name());
  }
}
