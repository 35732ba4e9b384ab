package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.data.testing.Shrinking;
import io.tollgate.metering.internal.simulation.Violation;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs histories, and makes a failing one as short as it gets. */
final class PassageSimulation {
  private final Set<PassageRule> rules;
  private long steps;

  PassageSimulation(Set<PassageRule> rules) {
    this.rules = EnumSet.copyOf(rules);
  }

  /** Steps taken by all runs so far. */
  long steps() {
    return steps;
  }

  /** What went wrong in a history, if anything. */
  Optional<String> run(Setup setup, List<Event> events) {
    World world = new World(rules, setup);
    try {
      Play play = new Play(world);
      events.forEach(play::step);
      new Rest(world, play).check();
      return Optional.empty();
    } catch (Violation e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return Optional.of(e.toString());
    } finally {
      steps += world.steps;
    }
  }

  /** The first of the seeds whose history fails, made short. */
  Optional<Finding> search(long firstSeed, int seeds) {
    for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
      History history = History.of(seed);
      Setup setup = history.setup();
      if (run(setup, history.events()).isPresent()) {
        List<Event> shortest =
            Shrinking.shortest(history.events(), less -> run(setup, less).isPresent());
        return Optional.of(
            new Finding(seed, new History(setup, shortest), run(setup, shortest).orElseThrow()));
      }
    }
    return Optional.empty();
  }

  /** A seed, the shortest failing part of its history, and what went wrong in it. */
  record Finding(long seed, History history, String message) {}
}
