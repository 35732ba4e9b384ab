package io.tollgate.trading.engine.execution.simulation;

import io.tollgate.data.testing.Shrinking;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs histories, and makes a failing one as short as it gets. */
final class Simulation {
  private final Set<Rule> rules;
  private long steps;

  Simulation(Set<Rule> rules) {
    this.rules = Set.copyOf(rules);
  }

  /** Events of all runs so far. */
  long steps() {
    return steps;
  }

  /** What went wrong in a history, if anything. */
  Optional<String> run(List<Event> events) {
    World world = new World(rules);
    Play play = new Play(world);
    steps += events.size();
    try {
      events.forEach(play::step);
      Rest.check(world);
      return Optional.empty();
    } catch (Violation e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return Optional.of(e.toString());
    }
  }

  /** The first of the seeds whose history fails, made short. */
  Optional<Finding> search(long firstSeed, int seeds) {
    for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
      List<Event> events = History.of(seed);
      if (run(events).isPresent()) {
        List<Event> shortest = Shrinking.shortest(events, less -> run(less).isPresent());
        return Optional.of(new Finding(seed, shortest, run(shortest).orElseThrow()));
      }
    }
    return Optional.empty();
  }

  /** A seed, the shortest failing part of its history, and what went wrong in it. */
  record Finding(long seed, List<Event> events, String message) {}
}
