package io.tollgate.trading.engine.search;

import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.backtest.RunControl;
import io.tollgate.trading.engine.search.Ranking.Refused;
import io.tollgate.trading.strategies.StrategySettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Looks for good parameters where there are too many combinations to try all: each generation is
 * bred from the better ones of the one before. No combination is run twice; what the strategy
 * refuses is not among those that the first generation is drawn from, and ranks last after. With
 * the same seed it finds the same, on however many threads. For one search and one thread.
 */
public final class GeneticSearch {
  private static final int TOURNAMENT = 3;

  /** How often one is drawn anew for the first generation because it was refused. */
  private static final int DRAWS = 100;

  private final SearchTask task;
  private final List<String> names;
  private final List<List<Object>> values;
  private final GeneticTerms terms;
  private final RandomGenerator random;
  private final Map<List<Integer>, Optional<Found>> seen = new LinkedHashMap<>();
  private final Map<List<Integer>, Refused> refused = new LinkedHashMap<>();

  /**
   * @param space values for each parameter, one or more
   */
  public GeneticSearch(SearchTask task, Map<String, List<Object>> space, GeneticTerms terms) {
    this.task = task;
    this.names = List.copyOf(space.keySet());
    this.values = names.stream().map(name -> List.copyOf(space.get(name))).toList();
    this.terms = terms;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(terms.seed());
  }

  /**
   * Goes through all generations on a part of the candles.
   *
   * @param from index of the first candle
   * @param to index after the last
   * @return what was tried and not left out, the best first
   * @throws Refusal {@code INVALID_REQUEST} when the strategy refused all that was drawn
   */
  public Ranking ranked(Search search, int from, int to, RunControl control) {
    List<List<Integer>> living = new ArrayList<>();
    while (living.size() < terms.population()) {
      living.add(accepted(living));
    }
    attempt(living, search, from, to, control);
    for (int i = 1; i < terms.generations(); i++) {
      control.check();
      living = offspring(living);
      attempt(living, search, from, to, control);
    }
    return new Ranking(
        seen.values().stream().flatMap(Optional::stream).sorted(Search.BEST_FIRST).toList(),
        List.copyOf(refused.values()));
  }

  /** Combinations that were run. */
  public int tried() {
    return seen.size() - refused.size();
  }

  /** One that is drawn and not refused; one of the others again where none is among so many. */
  private List<Integer> accepted(List<List<Integer>> others) {
    for (int i = 0; i < DRAWS; i++) {
      List<Integer> genes = drawn();
      if (!isRefused(genes)) {
        return genes;
      }
    }
    if (others.isEmpty()) {
      throw refused.values().iterator().next().refusal();
    }
    return others.getLast();
  }

  private boolean isRefused(List<Integer> genes) {
    if (refused.containsKey(genes)) {
      return true;
    }
    try {
      StrategySettings _ = task.settings(params(genes));
      return false;
    } catch (Refusal e) {
      refused.put(genes, new Refused(params(genes), e));
      seen.put(genes, Optional.empty());
      return true;
    }
  }

  private void attempt(
      List<List<Integer>> living, Search search, int from, int to, RunControl control) {
    List<List<Integer>> fresh =
        living.stream().distinct().filter(genes -> !seen.containsKey(genes)).toList();
    List<List<Integer>> fit = fresh.stream().filter(genes -> !isRefused(genes)).toList();
    List<Optional<Found>> found =
        search.tried(task, fit.stream().map(this::params).toList(), from, to, control).found();
    for (int i = 0; i < fit.size(); i++) {
      int number = seen.size();
      seen.put(fit.get(i), found.get(i).map(each -> each.numbered(number)));
    }
    // what was known already, or is refused, is not run
    control.add((long) (to - from) * (living.size() - fit.size()));
  }

  private Map<String, Object> params(List<Integer> genes) {
    Map<String, Object> params = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      params.put(names.get(i), values.get(i).get(genes.get(i)));
    }
    return params;
  }

  private List<Integer> drawn() {
    return values.stream().map(each -> random.nextInt(each.size())).toList();
  }

  private List<List<Integer>> offspring(List<List<Integer>> parents) {
    List<List<Integer>> ranked = parents.stream().sorted(Comparator.comparing(this::rank)).toList();
    List<List<Integer>> next = new ArrayList<>(ranked.subList(0, terms.elite()));
    while (next.size() < terms.population()) {
      List<Integer> one = ranked.get(winner(ranked.size()));
      List<Integer> other = ranked.get(winner(ranked.size()));
      next.add(mutated(random.nextDouble() < terms.crossoverRate() ? mixed(one, other) : one));
    }
    return next;
  }

  /** Lower is better; what was left out comes last. */
  private Rank rank(List<Integer> genes) {
    return new Rank(seen.getOrDefault(genes, Optional.empty()));
  }

  private record Rank(Optional<Found> found) implements Comparable<Rank> {
    @Override
    public int compareTo(Rank other) {
      if (found.isEmpty() || other.found.isEmpty()) {
        return Boolean.compare(found.isEmpty(), other.found.isEmpty());
      }
      return Search.BEST_FIRST.compare(found.get(), other.found.get());
    }
  }

  /** The best of some that are drawn; places are by rank. */
  private int winner(int size) {
    int best = size - 1;
    for (int i = 0; i < TOURNAMENT; i++) {
      best = Math.min(best, random.nextInt(size));
    }
    return best;
  }

  private List<Integer> mixed(List<Integer> one, List<Integer> other) {
    List<Integer> mixed = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      mixed.add(random.nextBoolean() ? one.get(i) : other.get(i));
    }
    return mixed;
  }

  private List<Integer> mutated(List<Integer> genes) {
    List<Integer> mutated = new ArrayList<>();
    for (int i = 0; i < genes.size(); i++) {
      boolean anew = random.nextDouble() < terms.mutationRate();
      mutated.add(anew ? random.nextInt(values.get(i).size()) : genes.get(i));
    }
    return List.copyOf(mutated);
  }
}
