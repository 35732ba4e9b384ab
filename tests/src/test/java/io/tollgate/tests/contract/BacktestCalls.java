package io.tollgate.tests.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Backtests that administrators ask for, at once and as jobs. */
final class BacktestCalls {
  private static final Operation RUN = new Operation("POST", "/api/backtest/run");
  private static final Operation LIVE = new Operation("POST", "/api/backtest/run-live");
  private static final Operation SIGNALS = new Operation("POST", "/api/backtest/signals");
  private static final Operation OPTIMIZE = new Operation("POST", "/api/backtest/optimize");
  private static final Operation BREED = new Operation("POST", "/api/backtest/optimize-genetic");
  private static final String JOB = "/api/backtest/jobs/{job_id}";
  private static final Operation ASK = new Operation("GET", JOB);
  private static final Operation CANCEL = new Operation("DELETE", JOB);
  private static final Operation TRADES = new Operation("GET", JOB + "/trades");
  private static final Operation REPORT = new Operation("GET", JOB + "/report");
  private static final Operation STRATEGIES = new Operation("GET", "/api/backtest/strategies");
  private static final Operation STORED = new Operation("GET", "/api/backtest/candles");
  private static final String NO_JOB = "/api/backtest/jobs/none";
  private static final int CANDLES = 200;
  private static final int HOUR = 3_600;

  private BacktestCalls() {}

  static List<Call> all() {
    List<Call> calls = new ArrayList<>();
    for (Operation each : List.of(RUN, SIGNALS)) {
      calls.add(asked(each, "ma_cross", 200, Map.of("strategy_code", "ma_cross")));
      calls.add(asked(each, "an unknown strategy", 400, Map.of("strategy_code", "ma_crosss")));
      calls.add(asked(each, "too few candles", 400, Map.of("lookback", CANDLES)));
      calls.add(
          asked(each, "a wrong parameter", 400, Map.of("strategy_config", Map.of("fast_ma", "x"))));
      calls.add(new Call(each, "no token", 401, by -> by.post(each.path(), body(Map.of()))));
    }
    calls.add(live("the last candles", 200, Map.of("exchange", "binance", "limit", 60)));
    calls.add(live("an exchange without prices", 400, Map.of("exchange", "paper")));
    calls.add(new Call(LIVE, "no token", 401, by -> by.post(LIVE.path(), Map.of())));
    calls.add(
        new Call(
            RUN,
            "of what is not stored",
            400,
            by -> by.post(RUN.path(), asking(Map.of("exchange", "gate")), by.asAdmin())));
    Map<String, Object> grid = Map.of("fast_ma", List.of(3, 5), "slow_ma", List.of(10, 20));
    Map<String, Object> walk = Map.of("train_bars", 100, "test_bars", 50);
    calls.add(
        asked(
            OPTIMIZE,
            "a walk",
            200,
            Map.of("param_grid", grid, "walk_forward", walk, "leverage", 2)));
    calls.add(asked(BREED, "a space", 200, Map.of("param_space", grid, "seed", 3)));
    Map<String, Object> partly = Map.of("fast_ma", List.of(3, 15), "slow_ma", List.of(10, 20));
    calls.add(asked(OPTIMIZE, "a refused pair", 200, Map.of("param_grid", partly)));
    calls.add(
        asked(
            BREED, "a walk", 200, Map.of("param_space", partly, "walk_forward", walk, "seed", 3)));
    calls.add(asked(BREED, "no space", 400, Map.of()));
    calls.add(new Call(BREED, "no token", 401, by -> by.post(BREED.path(), body(Map.of()))));
    calls.add(asked(OPTIMIZE, "no grid", 400, Map.of()));
    calls.add(new Call(OPTIMIZE, "no token", 401, by -> by.post(OPTIMIZE.path(), body(Map.of()))));
    calls.add(asked(RUN, "on terms", 200, Map.of("amount_usdt", "1000", "leverage", 5)));
    calls.add(asked(RUN, "wrong terms", 400, Map.of("leverage", 0)));
    calls.add(asked(RUN, "a job", 200, Map.of("async", true)));
    calls.add(asked(SIGNALS, "a job", 200, Map.of("async", true)));
    calls.add(
        new Call(ASK, "a job", 200, by -> by.get(by.backtestJob(body(Map.of())), by.asAdmin())));
    calls.add(new Call(ASK, "unknown", 404, by -> by.get(NO_JOB, by.asAdmin())));
    calls.add(new Call(ASK, "no token", 401, by -> by.get(NO_JOB)));
    calls.add(
        new Call(
            CANCEL, "a job", 200, by -> by.delete(by.backtestJob(body(Map.of())), by.asAdmin())));
    calls.add(new Call(CANCEL, "unknown", 404, by -> by.delete(NO_JOB, by.asAdmin())));
    calls.add(new Call(CANCEL, "no token", 401, by -> by.delete(NO_JOB)));
    calls.add(new Call(STRATEGIES, "all", 200, by -> by.get(STRATEGIES.path(), by.asAdmin())));
    calls.add(new Call(STRATEGIES, "no token", 401, by -> by.get(STRATEGIES.path())));
    calls.add(new Call(STORED, "all", 200, by -> by.get(STORED.path(), by.asAdmin())));
    calls.add(new Call(STORED, "no token", 401, by -> by.get(STORED.path())));
    for (Operation each : List.of(TRADES, REPORT)) {
      String part = each.path().substring(JOB.length());
      calls.add(
          new Call(
              each,
              "a job that is done",
              200,
              by -> by.get(by.doneBacktest(body(Map.of())) + part, by.asAdmin())));
      calls.add(new Call(each, "unknown", 404, by -> by.get(NO_JOB + part, by.asAdmin())));
      calls.add(new Call(each, "no token", 401, by -> by.get(NO_JOB + part)));
    }
    return calls;
  }

  private static Call asked(Operation operation, String what, int status, Map<String, ?> more) {
    return new Call(
        operation, what, status, by -> by.post(operation.path(), body(more), by.asAdmin()));
  }

  private static Call live(String what, int status, Map<String, ?> more) {
    return new Call(LIVE, what, status, by -> by.post(LIVE.path(), asking(more), by.asAdmin()));
  }

  /** Without candles of its own. */
  private static Map<String, Object> asking(Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>();
    body.put("strategy_code", "ma_cross");
    body.put("symbol", "BTC/USDT");
    body.put("timeframe", "1h");
    body.putAll(more);
    return body;
  }

  private static Map<String, Object> body(Map<String, ?> more) {
    Map<String, Object> body = asking(Map.of());
    List<Object> candles = new ArrayList<>();
    for (int i = 0; i < CANDLES; i++) {
      double price = 100 + 10 * Math.sin(i / 8.0);
      candles.add(
          Map.of(
              "timestamp",
              1_767_225_600L + (long) i * HOUR,
              "open",
              price,
              "high",
              price + 1,
              "low",
              price - 1,
              "close",
              price + 0.5,
              "volume",
              1));
    }
    body.put("candles", candles);
    body.putAll(more);
    return body;
  }
}
