package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import io.tollgate.trading.engine.backtest.BacktestTerms;
import io.tollgate.trading.engine.search.Constraints;
import io.tollgate.trading.engine.search.ParameterGrid;
import io.tollgate.trading.engine.search.Score;
import io.tollgate.trading.engine.search.SearchTask;
import io.tollgate.trading.engine.search.WalkForward;
import io.tollgate.web.JsonFields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a body asks to search, and whether to walk forward with it. */
record OptimizeBody(SearchTask task, ParameterGrid grid, Optional<WalkForward> walk) {
  private static final String GRID = "param_grid";
  private static final String GRID_EXPECTED = "an object of lists of values, by parameter";
  private static final String WALK = "walk_forward";
  private static final String CONSTRAINTS = "constraints";
  private static final int PARAMETERS_MAX = 20;
  private static final int BARS_MAX = 10_000_000;

  OptimizeBody {
    requireNonNull(task, "task is null");
    requireNonNull(grid, "grid is null");
    requireNonNull(walk, "walk is null");
  }

  static OptimizeBody of(JsonFields body, BacktestBody asked, BacktestTerms terms) {
    return new OptimizeBody(
        task(body, asked, terms),
        new ParameterGrid(parameters(body, GRID, GRID_EXPECTED, asked, OptimizeBody::list)),
        walk(body));
  }

  /** What a body asks to search, whatever way. */
  static SearchTask task(JsonFields body, BacktestBody asked, BacktestTerms terms) {
    Map<String, Object> fixed = new LinkedHashMap<>();
    body.find("strategy_config")
        .ifPresent(
            given ->
                BacktestBody.members(given)
                    .forEach(
                        (name, value) -> {
                          if (value != null) {
                            fixed.put(name, value);
                          }
                        }));
    return new SearchTask(
        asked.kind(),
        asked.symbol(),
        asked.timeframe(),
        asked.candles(),
        fixed,
        terms,
        score(body),
        constraints(body));
  }

  private static Score score(JsonFields body) {
    String known =
        Arrays.stream(Score.values())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    String given = body.text("score_by", "one of " + known).orElse("pnl");
    return Arrays.stream(Score.values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(given))
        .findFirst()
        .orElseThrow(() -> GivenText.refused("score_by", given, "one of " + known));
  }

  private static Constraints constraints(JsonFields body) {
    JsonNode given = body.find(CONSTRAINTS).orElse(null);
    if (given == null) {
      return Constraints.NONE;
    }
    if (!given.isObject()) {
      throw GivenText.refused(CONSTRAINTS, given.toString(), "an object");
    }
    JsonFields fields = JsonFields.of(given);
    return new Constraints(
        fields.wholeNumber("min_trades", 0, Integer.MAX_VALUE).orElse(0L),
        percent(fields, "max_drawdown_pct").doubleValue(),
        percent(fields, "min_win_rate"));
  }

  private static BigDecimal percent(JsonFields fields, String name) {
    String expected = "a number from 0 to 100";
    BigDecimal given = fields.decimal(name, expected).orElse(BigDecimal.ZERO);
    if (given.signum() < 0 || given.compareTo(BigDecimal.valueOf(100)) > 0) {
      throw GivenText.refused(CONSTRAINTS + "." + name, given.toString(), expected);
    }
    return given;
  }

  /**
   * Values by parameter, in the order in which they are given.
   *
   * @param read makes values of what is given for one, whose place it is told
   */
  static Map<String, List<Object>> parameters(
      JsonFields body,
      String name,
      String expected,
      BacktestBody asked,
      BiFunction<String, JsonNode, List<Object>> read) {
    JsonNode given = body.find(name).orElseThrow(() -> JsonFields.missing(name, expected));
    if (!given.isObject() || given.isEmpty() || given.size() > PARAMETERS_MAX) {
      throw GivenText.refused(name, given.toString(), expected);
    }
    Map<String, List<Object>> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : given.properties()) {
      String place = name + "." + each.getKey();
      boolean known =
          asked.kind().parameters().stream()
              .anyMatch(
                  one ->
                      one.name().equals(each.getKey()) || one.otherNames().contains(each.getKey()));
      if (!known) {
        throw GivenText.refused(
            place, each.getValue().toString(), "a parameter of " + asked.kind().code());
      }
      values.put(each.getKey(), read.apply(place, each.getValue()));
    }
    return values;
  }

  /** A list of values, none of them null. */
  static List<Object> list(String place, JsonNode given) {
    if (!given.isArray() || given.isEmpty() || given.size() > ParameterGrid.MOST) {
      throw GivenText.refused(place, given.toString(), "a list of values");
    }
    List<Object> values = new ArrayList<>();
    for (JsonNode each : given) {
      Object value = BacktestBody.plain(each);
      if (value == null) {
        throw GivenText.refused(place, each.toString(), "no null among its values");
      }
      values.add(value);
    }
    return values;
  }

  /** Whether and how a body asks to walk forward. */
  static Optional<WalkForward> walk(JsonFields body) {
    return body.find(WALK)
        .map(
            given -> {
              if (!given.isObject()) {
                throw GivenText.refused(
                    WALK, given.toString(), "an object with train_bars, test_bars, step_bars");
              }
              JsonFields fields = JsonFields.of(given);
              int train = bars(fields, "train_bars");
              int test = bars(fields, "test_bars");
              int step = fields.find("step_bars").isPresent() ? bars(fields, "step_bars") : test;
              if (step < test) {
                throw GivenText.refused(
                    WALK + ".step_bars", Integer.toString(step), "not below test_bars, " + test);
              }
              return new WalkForward(train, test, step);
            });
  }

  private static int bars(JsonFields fields, String name) {
    String expected = "a whole number from 1 to " + BARS_MAX;
    return fields
        .wholeNumber(name, 1, BARS_MAX)
        .map(Math::toIntExact)
        .orElseThrow(() -> JsonFields.missing(WALK + "." + name, expected));
  }

  /** Bars that will be read in all. */
  long barsRead() {
    long candles = task.candles().size();
    return candles * grid.size()
        + candles
        + walk.map(each -> each.barsRead(task.candles().size(), grid.size())).orElse(0L);
  }
}
