package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import io.tollgate.trading.engine.backtest.BacktestTerms;
import io.tollgate.trading.engine.search.GeneticSearch;
import io.tollgate.trading.engine.search.GeneticTerms;
import io.tollgate.trading.engine.search.ParameterGrid;
import io.tollgate.trading.engine.search.SearchTask;
import io.tollgate.trading.engine.search.WalkForward;
import io.tollgate.web.JsonFields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a body asks to search by breeding.
 *
 * @param space values by parameter
 */
record GeneticBody(
    SearchTask task,
    Map<String, List<Object>> space,
    GeneticTerms terms,
    Optional<WalkForward> walk) {
  private static final String SPACE = "param_space";
  private static final String SPACE_EXPECTED =
      "an object of lists of values, or of {min, max, step}, by parameter";
  private static final String CONFIG = "config";
  private static final String SHARE = "a number from 0 to 1";
  private static final BigDecimal LARGEST = new BigDecimal("1000000000000");
  private static final int DIGITS = 18;

  GeneticBody {
    requireNonNull(task, "task is null");
    space = Collections.unmodifiableMap(new LinkedHashMap<>(space));
    requireNonNull(terms, "terms is null");
    requireNonNull(walk, "walk is null");
  }

  static GeneticBody of(JsonFields body, BacktestBody asked, BacktestTerms terms) {
    return new GeneticBody(
        OptimizeBody.task(body, asked, terms),
        OptimizeBody.parameters(body, SPACE, SPACE_EXPECTED, asked, GeneticBody::values),
        genetic(body),
        OptimizeBody.walk(body));
  }

  /** One that has seen nothing yet. */
  GeneticSearch search() {
    return new GeneticSearch(task, space, terms);
  }

  private static List<Object> values(String place, JsonNode given) {
    return given.isObject() ? steps(place, JsonFields.of(given)) : OptimizeBody.list(place, given);
  }

  private static List<Object> steps(String place, JsonFields given) {
    BigDecimal least = number(place, given, "min");
    BigDecimal most = number(place, given, "max");
    BigDecimal step =
        given.find("step").isPresent() ? number(place, given, "step") : BigDecimal.ONE;
    if (step.signum() <= 0 || most.compareTo(least) < 0) {
      throw GivenText.refused(
          place, least + " to " + most + " by " + step, "min, then max, by a step above 0");
    }
    BigDecimal count = most.subtract(least).divide(step, 0, RoundingMode.DOWN);
    if (count.compareTo(BigDecimal.valueOf(ParameterGrid.MOST)) >= 0) {
      throw GivenText.refused(
          place, count + " values and one", "at most " + ParameterGrid.MOST + " values");
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i <= count.intValueExact(); i++) {
      values.add(least.add(step.multiply(BigDecimal.valueOf(i))));
    }
    return values;
  }

  private static BigDecimal number(String place, JsonFields given, String name) {
    String expected = "a number of at most " + DIGITS + " decimals";
    BigDecimal number =
        given
            .decimal(name, expected)
            .orElseThrow(() -> JsonFields.missing(place + "." + name, expected));
    if (number.abs().compareTo(LARGEST) > 0 || number.scale() > DIGITS) {
      throw GivenText.refused(place + "." + name, number.toString(), expected);
    }
    return number;
  }

  private static GeneticTerms genetic(JsonFields body) {
    JsonNode given = body.find(CONFIG).orElse(null);
    if (given != null && !given.isObject()) {
      throw GivenText.refused(CONFIG, given.toString(), "an object");
    }
    JsonFields config = given == null ? JsonFields.of(JsonLists.NOTHING) : JsonFields.of(given);
    int population = whole(config, "population", 2, GeneticTerms.MOST_POPULATION, 20);
    return new GeneticTerms(
        population,
        whole(config, "generations", 1, GeneticTerms.MOST_GENERATIONS, 10),
        share(config, "mutation_rate", "0.1"),
        share(config, "crossover_rate", "0.8"),
        whole(config, "elite", 0, population - 1, Math.min(2, population - 1)),
        body.wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(0L));
  }

  private static int whole(JsonFields from, String name, int least, int most, int usual) {
    return Math.toIntExact(from.wholeNumber(name, least, most).orElse((long) usual));
  }

  private static double share(JsonFields from, String name, String usual) {
    BigDecimal given = from.decimal(name, SHARE).orElseGet(() -> new BigDecimal(usual));
    if (given.signum() < 0 || given.compareTo(BigDecimal.ONE) > 0) {
      throw GivenText.refused(CONFIG + "." + name, given.toString(), SHARE);
    }
    return given.doubleValue();
  }

  /** Bars that will be read in all, at most. */
  long barsRead() {
    long candles = task.candles().size();
    long runs = (long) terms.population() * terms.generations();
    return candles * runs
        + candles
        + walk.map(each -> each.barsRead(task.candles().size(), runs)).orElse(0L);
  }
}
