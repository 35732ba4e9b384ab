package io.tollgate.metering.internal.simulation;

import io.tollgate.data.testing.Shrinking;
import io.tollgate.metering.internal.lease.LeaseRule;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs histories, and makes a failing one as short as it gets. */
final class Simulation {
  private final Set<LeaseRule> rules;
  private long steps;

  Simulation(Set<LeaseRule> rules) {
    this.rules = rules.isEmpty() ? EnumSet.noneOf(LeaseRule.class) : EnumSet.copyOf(rules);
  }

  /** Steps taken by all runs so far. */
  long steps() {
    return steps;
  }

  /** What went wrong in a history, if anything. */
  Optional<String> run(List<Event> history) {
    World world = new World(rules);
    try {
      history.forEach(world::apply);
      new Rest(world).check();
      return Optional.empty();
    } catch (Violation e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } finally {
      steps += world.steps;
    }
  }

  /** The first of the seeds whose history fails, made short. */
  Optional<Finding> search(long firstSeed, int seeds) {
    for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
      List<Event> history = History.of(seed);
      if (run(history).isPresent()) {
        List<Event> shortest = Shrinking.shortest(history, less -> run(less).isPresent());
        return Optional.of(new Finding(seed, shortest, run(shortest).orElseThrow()));
      }
    }
    return Optional.empty();
  }

  /** A seed, the shortest failing part of its history, and what went wrong in it. */
  record Finding(long seed, List<Event> history, String message) {
    Finding {
      history = List.copyOf(history);
    }
  }
}
