package io.tollgate.trading.engine.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.Timeframe;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.backtest.BacktestTerms;
import io.tollgate.trading.engine.backtest.OnOpposite;
import io.tollgate.trading.engine.backtest.RunControl;
import io.tollgate.trading.engine.candles.CandleSeries;
import io.tollgate.trading.engine.candles.CsvCandles;
import io.tollgate.trading.strategies.StrategyCatalogue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SearchTest {
  private static final int BARS = 600;
  private static final List<Object> FAST = List.of(3, 5, 8);
  private static final List<Object> SLOW = List.of(10, 20, 30, 40);

  private final Search one = new Search(1);
  private final Search three = new Search(3);

  @AfterEach
  void close() {
    one.close();
    three.close();
  }

  @Test
  void every_combination_is_tried_once_and_the_best_come_first_on_however_many_threads() {
    SearchTask task = task(candles(7, BARS), Constraints.NONE);
    RunControl control = new RunControl();
    List<Found> ranked = three.ranked(task, grid(), 0, BARS, control).found();
    assertThat(ranked)
        .hasSize(12)
        .isEqualTo(one.ranked(task, grid(), 0, BARS, new RunControl()).found());
    assertThat(ranked).isSortedAccordingTo((a, b) -> b.score().compareTo(a.score()));
    assertThat(ranked.stream().map(Found::params)).doesNotHaveDuplicates();
    assertThat(control.bars()).isEqualTo(12L * BARS);
    Found best = ranked.getFirst();
    assertThat(task.run(task.settings(best.params()), 0, BARS, task.terms(), control).all().pnl())
        .isEqualByComparingTo(best.totalPnl());
  }

  @Test
  void what_breaks_a_constraint_is_left_out() {
    SearchTask free = task(candles(7, BARS), Constraints.NONE);
    long most =
        one.ranked(free, grid(), 0, BARS, new RunControl()).found().stream()
            .mapToLong(Found::totalTrades)
            .max()
            .orElseThrow();
    SearchTask bound = task(candles(7, BARS), new Constraints(most, 0, BigDecimal.ZERO));
    assertThat(one.ranked(bound, grid(), 0, BARS, new RunControl()).found())
        .isNotEmpty()
        .allMatch(found -> found.totalTrades() == most);
  }

  @Test
  void a_test_is_never_searched_before_and_goes_on_with_what_was_left() {
    WalkForward walk = new WalkForward(200, 100, 100);
    SearchTask task = task(candles(7, BARS), Constraints.NONE);
    WalkForward.Walk whole = walk.over(task, on(task), new RunControl());
    assertThat(whole.folds()).hasSize(4);
    assertThat(whole.equityCurve()).isSortedAccordingTo((a, b) -> Long.compare(a.time(), b.time()));

    // without the bars after its test a fold is the same
    SearchTask cut = task(candles(7, 300), Constraints.NONE);
    WalkForward.Walk other = walk.over(cut, on(cut), new RunControl());
    assertThat(other.folds()).isEqualTo(whole.folds().subList(0, 1));
    assertThatThrownBy(() -> new WalkForward(600, 1, 1).over(task, on(task), new RunControl()))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INSUFFICIENT_DATA));
  }

  @Test
  void a_genetic_search_finds_the_same_with_the_same_seed_and_never_runs_anything_twice() {
    SearchTask task = task(candles(7, BARS), Constraints.NONE);
    Map<String, List<Object>> space = new LinkedHashMap<>();
    space.put("fast_ma", List.copyOf(IntStream.rangeClosed(2, 9).boxed().toList()));
    space.put("slow_ma", List.copyOf(IntStream.rangeClosed(10, 60).boxed().toList()));
    GeneticTerms terms = new GeneticTerms(12, 6, 0.2, 0.8, 2, 42);
    GeneticSearch first = new GeneticSearch(task, space, terms);
    List<Found> found = first.ranked(three, 0, BARS, new RunControl()).found();
    assertThat(new GeneticSearch(task, space, terms).ranked(one, 0, BARS, new RunControl()).found())
        .isEqualTo(found);
    assertThat(found.stream().map(Found::params)).doesNotHaveDuplicates();
    assertThat(found).hasSize(first.tried());
    assertThat(found.getFirst().score())
        .isGreaterThanOrEqualTo(
            found.stream()
                .filter(each -> each.number() < 12)
                .map(Found::score)
                .max(BigDecimal::compareTo)
                .orElseThrow());
  }

  @Test
  void what_the_strategy_refuses_is_told_and_takes_no_place_in_the_first_generation() {
    SearchTask task = task(candles(7, BARS), Constraints.NONE);
    Map<String, List<Object>> space = new LinkedHashMap<>();
    space.put("fast_ma", List.copyOf(IntStream.rangeClosed(2, 40).boxed().toList()));
    space.put("slow_ma", List.of(3, 10));
    GeneticSearch search = new GeneticSearch(task, space, new GeneticTerms(6, 4, 0.3, 0.8, 1, 3));
    Ranking ranking = search.ranked(three, 0, BARS, new RunControl());
    assertThat(ranking.found()).hasSize(search.tried()).hasSizeGreaterThan(2);
    assertThat(ranking.refused()).isNotEmpty();
    assertThat(ranking.refused().getFirst().refusal().sentence()).contains("fast_ma");

    Map<String, List<Object>> none = Map.of("fast_ma", List.of(30), "slow_ma", List.of(3, 10));
    GeneticSearch lost = new GeneticSearch(task, none, new GeneticTerms(6, 4, 0.3, 0.8, 1, 3));
    assertThatThrownBy(() -> lost.ranked(three, 0, BARS, new RunControl()))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    assertThatThrownBy(() -> three.ranked(task, new ParameterGrid(none), 0, BARS, new RunControl()))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void a_genetic_search_walks_forward_and_no_test_is_searched_before() {
    SearchTask task = task(candles(7, BARS), Constraints.NONE);
    WalkForward walk = new WalkForward(200, 100, 100);
    WalkForward.Walk whole = walk.over(task, bred(task), new RunControl());
    assertThat(whole.folds()).hasSize(4);
    SearchTask cut = task(candles(7, 300), Constraints.NONE);
    assertThat(walk.over(cut, bred(cut), new RunControl()).folds())
        .isEqualTo(whole.folds().subList(0, 1));
  }

  private Searcher bred(SearchTask task) {
    Map<String, List<Object>> space =
        Map.of("fast_ma", List.of(2, 3, 4, 5, 6), "slow_ma", List.of(8, 9, 20, 30));
    GeneticTerms terms = new GeneticTerms(5, 3, 0.2, 0.8, 1, 9);
    return (from, to, control) ->
        new GeneticSearch(task, space, terms).ranked(three, from, to, control);
  }

  private Searcher on(SearchTask task) {
    return (from, to, control) -> three.ranked(task, grid(), from, to, control);
  }

  @Test
  void a_cancelled_search_ends() {
    RunControl control = new RunControl();
    control.cancel();
    assertThatThrownBy(
            () -> three.ranked(task(candles(7, BARS), Constraints.NONE), grid(), 0, BARS, control))
        .isInstanceOf(CancellationException.class);
  }

  private static ParameterGrid grid() {
    Map<String, List<Object>> values = new LinkedHashMap<>();
    values.put("fast_ma", FAST);
    values.put("slow_ma", SLOW);
    return new ParameterGrid(values);
  }

  private static SearchTask task(CandleSeries candles, Constraints constraints) {
    return new SearchTask(
        StrategyCatalogue.require("strategy_code", "ma_cross"),
        "BTC/USDT",
        Timeframe.ONE_HOUR,
        candles,
        Map.of("use_ema", true),
        terms(),
        Score.PNL,
        constraints);
  }

  private static BacktestTerms terms() {
    return new BacktestTerms(
        new BigDecimal("10000"),
        new BigDecimal("0.001"),
        50,
        BigDecimal.ZERO,
        new BigDecimal("1000"),
        1,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        List.of(),
        BigDecimal.ONE,
        false,
        0,
        0,
        0,
        0,
        0,
        new BigDecimal("0.001"),
        OnOpposite.REVERSE);
  }

  private static CandleSeries candles(long seed, int count) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    StringBuilder rows = new StringBuilder("ts,open,high,low,close,volume\n");
    double last = 100;
    for (int i = 0; i < count; i++) {
      double close = last * Math.exp(random.nextGaussian() * 0.01);
      rows.append(3_600L * i)
          .append(',')
          .append(last)
          .append(',')
          .append(Math.max(last, close))
          .append(',')
          .append(Math.min(last, close))
          .append(',')
          .append(close)
          .append(",1\n");
      last = close;
    }
    return CandleSeries.read(new CsvCandles(new StringReader(rows.toString())), count);
  }
}
