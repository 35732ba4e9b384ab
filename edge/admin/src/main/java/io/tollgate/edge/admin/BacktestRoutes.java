package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.backtest.Backtest;
import io.tollgate.trading.engine.backtest.BacktestJobs;
import io.tollgate.trading.engine.backtest.BacktestResult;
import io.tollgate.trading.engine.backtest.BacktestTerms;
import io.tollgate.trading.engine.backtest.RunControl;
import io.tollgate.web.BlockingRoute;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/backtest}: what a strategy would have made of candles that are sent, stored, or asked
 * of an exchange. Nothing of it is stored; runs are worked off by this process, on threads of their
 * own.
 */
final class BacktestRoutes implements Routes {
  private static final Logger LOG = LoggerFactory.getLogger(BacktestRoutes.class);

  private final BacktestJobs<BacktestAnswer> jobs;
  private final OptimizeShown optimized;
  private final CandleSources candles;
  private final AdminGate gate;

  BacktestRoutes(
      BacktestJobs<BacktestAnswer> jobs,
      OptimizeShown optimized,
      CandleSources candles,
      AdminGate gate) {
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.optimized = requireNonNull(optimized, "optimized is null");
    this.candles = requireNonNull(candles, "candles is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    asked(table, "/api/backtest/run", this::run);
    asked(table, "/api/backtest/run-live", this::runLive);
    asked(table, "/api/backtest/signals", this::signals);
    asked(table, "/api/backtest/optimize", this::optimize);
    asked(table, "/api/backtest/optimize-genetic", this::breed);
  }

  private void asked(RouteTable table, String path, BlockingRoute route) {
    table.blocking(
        HttpMethod.POST,
        path,
        ErrorForms.admin(),
        CandlesInBody.BODY_LIMIT,
        gate.guardQuestion(AdminPermission.READ, request -> validated(route, request)));
  }

  /** What is wrong with the request has a code of its own here. */
  private static Response validated(BlockingRoute route, Request request) throws Exception {
    try {
      return route.handle(request);
    } catch (Refusal e) {
      if (e.code() != ErrorCode.INVALID_REQUEST) {
        throw e;
      }
      Refusal named = new Refusal(ErrorCode.VALIDATION_ERROR, e.sentence());
      throw e.field().map(named::ofField).orElse(named);
    }
  }

  private Response run(Request request) {
    return run(request, candles.sentOrStored(request.body()));
  }

  private Response runLive(Request request) {
    return run(request, candles.live(request.body()));
  }

  private Response run(Request request, CandlesInBody body) {
    BacktestBody asked = BacktestBody.of(body);
    BacktestTerms terms = BacktestTermsBody.of(body.fields(), asked.lookback());
    return answered(
        request,
        body.fields(),
        asked.candles().size(),
        control -> {
          BacktestResult result =
              Backtest.result(
                  asked.strategy(),
                  asked.timeframe(),
                  control.watch(asked.candles().feed()),
                  terms);
          TradedRun run = TradedRun.of(asked, asked.settings(), terms, result);
          return new BacktestAnswer(BacktestShown.of(asked, run), Optional.of(run));
        },
        result -> {
          Map<String, @Nullable Object> answer = new LinkedHashMap<>();
          answer.put("result", result);
          return answer;
        });
  }

  private Response signals(Request request) {
    CandlesInBody body = candles.sentOrStored(request.body());
    BacktestBody asked = BacktestBody.of(body);
    return answered(
        request,
        body.fields(),
        asked.candles().size(),
        control -> new BacktestAnswer(SignalsOverCandles.of(asked, control), Optional.empty()),
        outputs -> outputs);
  }

  private Response optimize(Request request) {
    CandlesInBody body = candles.sentOrStored(request.body());
    BacktestBody asked = BacktestBody.of(body);
    BacktestTerms terms = BacktestTermsBody.of(body.fields(), asked.lookback());
    OptimizeBody search = OptimizeBody.of(body.fields(), asked, terms);
    return answered(
        request,
        body.fields(),
        search.barsRead(),
        control -> optimized.of(asked, search, control),
        found -> found);
  }

  private Response breed(Request request) {
    CandlesInBody body = candles.sentOrStored(request.body());
    BacktestBody asked = BacktestBody.of(body);
    BacktestTerms terms = BacktestTermsBody.of(body.fields(), asked.lookback());
    GeneticBody search = GeneticBody.of(body.fields(), asked, terms);
    return answered(
        request,
        body.fields(),
        search.barsRead(),
        control -> optimized.of(asked, search, control),
        found -> found);
  }

  /**
   * At once, or by a job that is asked for later.
   *
   * @param bars that it will read in all
   * @param shown how it is answered at once
   */
  private Response answered(
      Request request,
      JsonFields fields,
      long bars,
      Function<RunControl, BacktestAnswer> work,
      UnaryOperator<Map<String, @Nullable Object>> shown) {
    Function<RunControl, BacktestAnswer> logged = control -> logged(work, control);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("success", true);
    if (wantsJob(request, fields)) {
      answer.put("job_id", jobs.submitKept(bars, logged).id());
    } else {
      answer.putAll(shown.apply(jobs.submit(bars, logged).await().shown()));
    }
    return Response.json(200, answer);
  }

  private static boolean wantsJob(Request request, JsonFields fields) {
    String given = request.query("async").orElse("false");
    if (!given.equals("true") && !given.equals("false")) {
      throw GivenText.refused("async", given, "true or false");
    }
    return given.equals("true") || JsonLists.flag(fields, "async").orElse(false);
  }

  private static BacktestAnswer logged(
      Function<RunControl, BacktestAnswer> work, RunControl control) {
    try {
      return work.apply(control);
    } catch (Refusal | CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("backtest failed", e);
      throw e;
    }
  }
}
