package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.identity.AdminRole;
import io.tollgate.site.testing.ServedAnswer;
import io.tollgate.trading.engine.backtest.BacktestJob;
import io.tollgate.trading.engine.backtest.BacktestJob.State;
import io.tollgate.trading.engine.backtest.RunControl;
import io.tollgate.trading.strategies.StrategyCatalogue;
import io.tollgate.web.Json;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** One site for all: nothing is stored, and each test ends the jobs that it has handed in. */
@TestInstance(Lifecycle.PER_CLASS)
class BacktestRoutesTest {
  private static final String RUN = "/api/backtest/run";
  private static final String SIGNALS = "/api/backtest/signals";
  private static final String OPTIMIZE = "/api/backtest/optimize";
  private static final String JOBS = "/api/backtest/jobs/";
  private static final long START = 1_767_225_600L;

  private final TradingSite site = new TradingSite();

  @AfterAll
  void close() {
    site.close();
  }

  @Test
  void a_run_is_answered_with_its_figures_and_logged_nowhere() {
    ServedAnswer answer =
        site.send(
            "POST", RUN, body(json(300), ",\"amount_usdt\":1000"), site.login(AdminRole.READ_ONLY));
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    JsonNode result = answer.json().required("result");
    assertThat(result.required("total_trades").intValue()).isPositive();
    assertThat(result.required("trades").size())
        .isEqualTo(result.required("total_trades").intValue());
    BigDecimal sum =
        result
            .required("trades")
            .valueStream()
            .map(trade -> trade.required("pnl").decimalValue())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(sum)
        .isEqualByComparingTo(
            result
                .required("final_balance")
                .decimalValue()
                .subtract(result.required("initial_balance").decimalValue()))
        .isEqualByComparingTo(result.required("total_pnl").decimalValue());
    assertThat(result.required("bars").intValue()).isEqualTo(300);
    assertThat(result.required("strategy_config").required("slow_ma").intValue()).isEqualTo(20);
    assertThat(result.required("equity_curve").size()).isEqualTo(300);
    assertThat(
            result
                .required("equity_curve")
                .valueStream()
                .map(mark -> mark.required("drawdown_pct").decimalValue())
                .max(Comparator.naturalOrder()))
        .hasValue(result.required("max_drawdown_pct").decimalValue());
    assertThat(result.required("price_curve").size()).isEqualTo(300);
    assertThat(result.required("start_time").asString()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(site.logged("POST " + RUN)).contains("\"records\":[]");
  }

  @Test
  void csv_in_a_text_says_the_same_as_json_wherever_candles_stand() {
    JsonNode json = result(site.post(RUN, body(json(200), "")));
    JsonNode csv =
        result(
            site.post(
                RUN,
                "{\"candles\":\""
                    + csv(200)
                    + "\",\"strategy_code\":\"ma_cross\",\"symbol\":\"BTC/USDT\","
                    + "\"timeframe\":\"1h\"}"));
    assertThat(csv).isEqualTo(json);
  }

  @Test
  void signals_are_those_that_are_traded_and_none_is_before_the_lookback() {
    ServedAnswer answer = site.post(SIGNALS, body(json(300), ",\"lookback\":100"));
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    JsonNode outputs = answer.json().required("outputs");
    assertThat(outputs.isEmpty()).isFalse();
    assertThat(outputs.size()).isEqualTo(answer.json().required("total").intValue());
    outputs.forEach(
        each -> {
          assertThat(each.required("index").intValue()).isGreaterThanOrEqualTo(100);
          assertThat(each.required("signal_type").asString()).isEqualTo("OPEN");
          assertThat(each.required("symbol").asString()).isEqualTo("BTC/USDT");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          STRATEGY_LOAD_ERROR | strategy_code: ma_crosss (expected: the code of a strategy, such as ma_cross) | {"strategy_code":"ma_crosss","symbol":"B","timeframe":"1h","candles":[]}
          VALIDATION_ERROR | strategy_code is missing | {"candles":[]}
          VALIDATION_ERROR | candles is missing (expected: a list | {"strategy_code":"ma_cross"}
          VALIDATION_ERROR | candles: none of these | {"candles":7}
          VALIDATION_ERROR | the body: [] (expected: an object) | []
          VALIDATION_ERROR | candles: is given twice | {"candles":[],"candles":[]}
          VALIDATION_ERROR | timeframe: 7m (expected: one of 1m, | {"strategy_code":"ma_cross","symbol":"B","timeframe":"7m","candles":[]}
          INSUFFICIENT_DATA | candles: 0 (expected: at least 51 | {"strategy_code":"ma_cross","symbol":"B","timeframe":"1h","candles":[]}
          MALFORMED_BODY | the body is not JSON | {"candles":[
          MALFORMED_BODY | the body is not JSON | {"candles":[]
          MALFORMED_BODY | the body is not JSON at line 1, column | {"candles":[{"open":NaN}]}
          """)
  void what_is_wrong_has_its_code_and_says_what_was_expected(
      String code, String sentence, String body) {
    refused(site.post(RUN, body), code, sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          strategy_config.fast_ma: x (expected: a whole number | "strategy_config":{"fast_ma":"x"}
          strategy_config: [] (expected: an object | "strategy_config":[]
          lookback: -1 (expected: a whole number from 0 | "lookback":-1
          leverage: 0 (expected: a number from 1 to 125 | "leverage":0
          leverage: 1E+90 (expected: a number from 1 to 125 | "leverage":1e90
          commission_rate: 1 (expected: a number from 0 to | "commission_rate":1
          initial_balance: 0 (expected: a number from | "initial_balance":0
          on_opposite: both (expected: one of ignore, reverse, hedge) | "on_opposite":"both"
          margin_mode: none (expected: one of isolated, cross) | "margin_mode":"none"
          funding: 1 of them (expected: none beside funding_rate) | "funding_rate":0.1,"funding":[{"time":1,"rate":0}]
          funding[1].time: 1000 (expected: after 1000) | "funding":[{"time":1,"rate":0},{"time":"1970-01-01T00:00:01Z","rate":0}]
          funding[0].rate is missing | "funding":[{"time":1}]
          async: 1 (expected: true or false) | "async":1
          """)
  void wrong_terms_are_refused(String sentence, String more) {
    refused(site.post(RUN, body(json(60), "," + more)), "VALIDATION_ERROR", sentence);
  }

  @Test
  void broken_candles_are_refused_with_their_place() {
    String good = json(60);
    refused(
        site.post(RUN, body(good.replace("\"timestamp\":" + (START + 3_600), "\"ts\":5"), "")),
        "VALIDATION_ERROR",
        "candles[1].timestamp: 1970-01-01T00:00:05Z (expected: after 2026-01-01T00:00:00Z");
    refused(
        site.post(RUN, body(good.replaceFirst("\"volume\":1", "\"volume\":-1"), "")),
        "VALIDATION_ERROR",
        "candles[0].volume: -1 (expected: a number from 0");
  }

  @Test
  void a_job_is_asked_for_until_it_is_done_and_forgotten_when_others_are() {
    String job = site.post(RUN + "?async=true", body(json(200), "")).text("job_id");
    await().until(() -> site.get(JOBS + job).text("state").equals("done"));
    ServedAnswer done = site.get(JOBS + job);
    assertThat(done.json().required("progress").asDouble()).isEqualTo(1);
    assertThat(done.json().required("result"))
        .isEqualTo(result(site.post(RUN, body(json(200), ""))));
    assertThat(site.delete(JOBS + job).text("state")).isEqualTo("done");
    for (int i = 0; i < 4; i++) {
      String other = site.post(SIGNALS, body(json(60), ",\"async\":true")).text("job_id");
      await().until(() -> site.get(JOBS + other).text("state").equals("done"));
    }
    assertThat(site.get(JOBS + job).status()).isEqualTo(404);
  }

  @Test
  void trades_of_a_job_are_a_list_that_is_filtered_sorted_paged_and_taken_away() {
    String job = done(RUN, body(json(400), ",\"amount_usdt\":1000"));
    JsonNode all = site.get(job + "/trades?page_size=500").json();
    int total = all.required("total").intValue();
    assertThat(all.required("data")).isEqualTo(site.get(job).json().at("/result/trades"));
    assertThat(total).isGreaterThan(4);

    JsonNode page = site.get(job + "/trades?sort=-pnl&page=2&page_size=2").json();
    assertThat(page.required("data").size()).isEqualTo(2);
    assertThat(page.required("total").intValue()).isEqualTo(total);
    List<BigDecimal> profits =
        site.get(job + "/trades?sort=-pnl&page_size=500")
            .json()
            .required("data")
            .valueStream()
            .map(trade -> trade.required("pnl").decimalValue())
            .toList();
    assertThat(profits).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(page.required("data").required(0).required("pnl").decimalValue())
        .isEqualTo(profits.get(2));

    int longs = count(job, "side=LONG");
    assertThat(longs + count(job, "side=short")).isEqualTo(total);
    assertThat(longs).isBetween(1, total - 1);
    assertThat(count(job, "outcome=won") + count(job, "outcome=lost")).isEqualTo(total);
    assertThat(count(job, "exit_reason=liquidation")).isZero();
    assertThat(site.text(job + "/trades?format=csv&side=long").lines().count())
        .isEqualTo(longs + 1L);
    refusedWith(400, site.get(job + "/trades?side=up"), "side: up (expected: one of long, short");
  }

  @Test
  void the_report_of_a_job_stands_alone_in_both_languages() {
    String job =
        done(RUN, body(json(300), ",\"amount_usdt\":1000,\"strategy_config\":{\"fast\":1}"));
    String english = site.text(job + "/report");
    assertThat(english)
        .startsWith("<!DOCTYPE html>")
        .contains(
            "<title>Moving-average cross · BTC/USDT · 1h</title>",
            "unknown parameter fast is ignored; the nearest known one is fast_ma",
            "<dt>amount_usdt</dt><dd>1000</dd>",
            "2026-01-01T00:00:00Z")
        .doesNotContain("<script", "http:", "https:", "NaN");
    assertThat(site.text(job + "/report?lang=zh-CN")).contains("lang=\"zh-CN\"", "最大回撤");
    refusedWith(400, site.get(job + "/report?lang=fr"), "lang: fr (expected: one of en, zh-CN)");
    refusedWith(404, site.get(JOBS + "none/report"), "there is no backtest none");
    String signals = done(SIGNALS, body(json(60), ""));
    refusedWith(404, site.get(signals + "/report"), "nothing was traded by this job");
  }

  @Test
  void every_strategy_is_told_with_what_can_be_set_of_it() {
    ServedAnswer answer = site.get("/api/backtest/strategies");
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    JsonNode kinds = answer.json().required("data");
    assertThat(kinds.size()).isEqualTo(StrategyCatalogue.all().size());
    JsonNode cross = kinds.required(2);
    assertThat(cross.required("code").asString()).isEqualTo("ma_cross");
    assertThat(cross.required("timeframe").asString()).isEqualTo("15m");
    assertThat(cross.required("bars").intValue()).isEqualTo(22);
    JsonNode fast = cross.required("parameters").required(0);
    assertThat(fast.required("name").asString()).isEqualTo("fast_ma");
    assertThat(fast.required("kind").asString()).isEqualTo("whole");
    assertThat(fast.required("default_value").intValue()).isEqualTo(5);
    assertThat(fast.required("least").intValue()).isEqualTo(1);
    assertThat(fast.required("most").intValue()).isEqualTo(1_000);
    // what is told as usual is taken as given
    for (JsonNode kind : kinds) {
      Map<String, JsonNode> values = new LinkedHashMap<>();
      kind.required("parameters")
          .forEach(
              each -> values.put(each.required("name").asString(), each.required("default_value")));
      JsonNode config = Json.MAPPER.valueToTree(values);
      ServedAnswer run =
          site.post(
              SIGNALS,
              body(json(60), ",\"strategy_config\":" + config)
                  .replace(
                      "\"strategy_code\":\"ma_cross\"",
                      "\"strategy_code\":" + kind.required("code")));
      assertThat(run.status()).as(kind.required("code") + ": " + run.json()).isEqualTo(200);
      assertThat(run.json().required("warnings").isEmpty()).isTrue();
    }
  }

  @Test
  void jobs_are_cancelled_and_more_than_may_wait_are_refused() {
    Function<RunControl, BacktestAnswer> endless =
        control -> {
          while (true) {
            control.check();
            Thread.onSpinWait();
          }
        };
    BacktestJob<?> running = site.jobs.submitKept(1, endless);
    await().until(() -> running.state() == State.RUNNING);
    String waiting = site.jobs.submitKept(1, endless).id();
    assertThat(site.get(JOBS + waiting).text("state")).isEqualTo("queued");
    BacktestJob<?> last = site.jobs.submitKept(1, endless);
    ServedAnswer tooMany = site.post(RUN, body(json(60), ""));
    assertThat(tooMany.status()).isEqualTo(503);
    refusedWith(409, site.get(JOBS + waiting + "/trades"), "the backtest is queued");
    assertThat(site.delete(JOBS + waiting).text("state")).isEqualTo("cancelled");
    assertThat(site.delete(JOBS + last.id()).text("state")).isEqualTo("cancelled");
    assertThat(site.delete(JOBS + running.id()).status()).isEqualTo(200);
    await().until(() -> running.state() == State.CANCELLED);
  }

  @Test
  void parameters_are_searched_and_walked_forward() {
    ServedAnswer answer =
        site.post(
            OPTIMIZE,
            body(
                json(400),
                ",\"amount_usdt\":1000,\"param_grid\":{\"fast_ma\":[3,5],\"slow_ma\":[10,15,20]},"
                    + "\"walk_forward\":{\"train_bars\":150,\"test_bars\":50}"));
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    JsonNode found = answer.json();
    assertThat(found.required("total_combinations").intValue()).isEqualTo(6);
    assertThat(found.required("top_10").size()).isEqualTo(6);
    assertThat(found.required("best_result").required("total_pnl_pct"))
        .isEqualTo(found.required("best_score"));
    assertThat(found.required("folds").size()).isEqualTo(5);
    assertThat(found.required("ranking")).isEqualTo(found.required("top_10"));
    assertThat(
            found.required("folds").required(1).required("test").required("from_index").intValue())
        .isEqualTo(200);
    assertThat(found.required("equity_curve").isEmpty()).isFalse();
  }

  @Test
  void pairs_that_the_strategy_refuses_are_told_and_the_others_searched() {
    JsonNode found =
        site.post(
                OPTIMIZE,
                body(json(300), ",\"param_grid\":{\"fast_ma\":[5,15],\"slow_ma\":[10,20]}"))
            .json();
    assertThat(found.required("total_combinations").intValue()).isEqualTo(4);
    assertThat(found.required("top_10").size()).isEqualTo(3);
    assertThat(found.required("refused").intValue()).isEqualTo(1);
    JsonNode refusal = found.required("refusals").required(0);
    assertThat(refusal.required("params").toString()).isEqualTo("{\"fast_ma\":15,\"slow_ma\":10}");
    assertThat(refusal.required("error").asString()).contains("fast_ma", "slow_ma");
  }

  @Test
  void parameters_are_bred_and_walked_forward() {
    String asked =
        body(
            json(400),
            ",\"amount_usdt\":1000,\"seed\":7,\"param_space\":"
                + "{\"fast_ma\":{\"min\":2,\"max\":14},\"slow_ma\":[5,10,15,20]},"
                + "\"config\":{\"population\":5,\"generations\":3},"
                + "\"walk_forward\":{\"train_bars\":150,\"test_bars\":50}");
    ServedAnswer answer = site.post(OPTIMIZE + "-genetic", asked);
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    JsonNode found = answer.json();
    assertThat(found.required("folds").size()).isEqualTo(5);
    assertThat(found.required("equity_curve").isEmpty()).isFalse();
    assertThat(site.post(OPTIMIZE + "-genetic", asked).json().required("folds"))
        .isEqualTo(found.required("folds"));
  }

  @Test
  void parameters_are_bred() {
    String asked =
        body(
            json(300),
            ",\"amount_usdt\":1000,\"seed\":7,\"score_by\":\"composite\",\"param_space\":"
                + "{\"fast_ma\":{\"min\":2,\"max\":9},\"slow_ma\":[10,15,20]},"
                + "\"config\":{\"population\":6,\"generations\":3}");
    JsonNode found = site.post(OPTIMIZE + "-genetic", asked).json();
    assertThat(found.required("total_combinations").intValue()).isBetween(6, 18);
    assertThat(found.required("best_result").required("total_trades").intValue()).isPositive();
    assertThat(site.post(OPTIMIZE + "-genetic", asked).json().required("top_10"))
        .isEqualTo(found.required("top_10"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          param_space.fast_ma.min is missing | "param_space":{"fast_ma":{"max":3}}
          param_space.fast_ma: 5 to 3 by 1 (expected: min, | "param_space":{"fast_ma":{"min":5,"max":3}}
          param_space.fast_ma: 99999 values and one | "param_space":{"fast_ma":{"min":1,"max":100000}}
          config: 3 (expected: an object | "param_space":{"fast_ma":[3]},"config":3
          population: 1 (expected: a whole number from 2 | "param_space":{"fast_ma":[3]},"config":{"population":1}
          walk_forward.train_bars is missing | "param_space":{"fast_ma":[3]},"walk_forward":{}
          """)
  void a_wrong_breed_is_refused(String sentence, String more) {
    refused(
        site.post(OPTIMIZE + "-genetic", body(json(60), "," + more)), "VALIDATION_ERROR", sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          param_grid is missing | "score_by":"pnl"
          param_grid: [] (expected: an object of lists | "param_grid":[]
          param_grid.fast: [1] (expected: a parameter of ma_cross) | "param_grid":{"fast":[1]}
          param_grid.fast_ma: [] (expected: a list | "param_grid":{"fast_ma":[]}
          score_by: luck (expected: one of pnl, sharpe, calmar, win_rate, composite) | "param_grid":{"fast_ma":[3]},"score_by":"luck"
          walk_forward.test_bars is missing | "param_grid":{"fast_ma":[3]},"walk_forward":{"train_bars":5}
          walk_forward.step_bars: 3 (expected: not below | "param_grid":{"fast_ma":[3]},"walk_forward":{"train_bars":5,"test_bars":5,"step_bars":3}
          fast_ma: x (expected: a whole number | "param_grid":{"fast_ma":["x"]}
          """)
  void a_wrong_search_is_refused(String sentence, String more) {
    refused(site.post(OPTIMIZE, body(json(60), "," + more)), "VALIDATION_ERROR", sentence);
  }

  @Test
  void nobody_else_is_let_in() {
    assertThat(site.send("POST", RUN, body(json(60), ""), "none").status()).isEqualTo(401);
    assertThat(site.send("GET", JOBS + "x", "", "none").status()).isEqualTo(401);
    assertThat(site.get(JOBS + "x").status()).isEqualTo(404);
  }

  private static void refused(ServedAnswer answer, String code, String sentence) {
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(400);
    assertThat(answer.text("code")).as(answer.json().toString()).isEqualTo(code);
    assertThat(answer.text("error")).startsWithIgnoringCase(sentence);
    assertThat(answer.json().required("success").asBoolean()).isFalse();
  }

  private static void refusedWith(int status, ServedAnswer answer, String sentence) {
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(status);
    assertThat(answer.text("error")).startsWith(sentence);
  }

  /** The path of a job that is done. */
  private String done(String path, String body) {
    String job = JOBS + site.post(path + "?async=true", body).text("job_id");
    await().until(() -> site.get(job).text("state").equals("done"));
    return job;
  }

  private int count(String job, String filter) {
    return site.get(job + "/trades?" + filter).json().required("total").intValue();
  }

  private static JsonNode result(ServedAnswer answer) {
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    return answer.json().required("result");
  }

  private static String body(String candles, String after) {
    return "{"
        + "\"strategy_code\":\"ma_cross\",\"symbol\":\"BTC/USDT\",\"timeframe\":\"1h\",\"candles\":"
        + candles
        + after
        + "}";
  }

  private static double price(int i) {
    return Math.round(100_000 + 10_000 * Math.sin(i / 9.0)) / 1_000.0;
  }

  private static String json(int count) {
    StringBuilder all = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      double price = price(i);
      all.append(i == 0 ? "" : ",")
          .append("{\"timestamp\":")
          .append(START + i * 3_600L)
          .append(",\"open\":")
          .append(price)
          .append(",\"high\":")
          .append(price + 1)
          .append(",\"low\":\"")
          .append(price - 1)
          .append("\",\"close\":")
          .append(price + 0.5)
          .append(",\"volume\":1}");
    }
    return all.append("]").toString();
  }

  private static String csv(int count) {
    StringBuilder all = new StringBuilder("time,open,high,low,close,volume");
    for (int i = 0; i < count; i++) {
      double price = price(i);
      all.append("\\n")
          .append((START + i * 3_600L) * 1_000)
          .append(',')
          .append(price)
          .append(',')
          .append(price + 1)
          .append(',')
          .append(price - 1)
          .append(',')
          .append(price + 0.5)
          .append(",1");
    }
    return all.toString();
  }
}
