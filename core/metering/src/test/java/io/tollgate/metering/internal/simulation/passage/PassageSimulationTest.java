package io.tollgate.metering.internal.simulation.passage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.internal.simulation.Course;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** More steps, other seeds: {@code ./tollgate test simulate}. */
@Tag("slow")
class PassageSimulationTest {
  private static final long STEPS = 2_000_000L;

  /** Looks for the first seed of each rule, and the shortest history: takes a while. */
  private static final int SEARCH = Integer.getInteger("tollgate.simulation.search", 0);

  @Test
  void history_after_history_with_every_fault_breaks_nothing() {
    assertThat(Course.run("requests", STEPS, PassageSimulationTest::player)).isEmpty();
  }

  private static Course.Player player() {
    PassageSimulation simulation = new PassageSimulation(PassageRule.all());
    return Course.Player.of(
        seed -> simulation.search(seed, 1).map(found -> found.message() + " " + found.history()),
        simulation::steps);
  }

  @ParameterizedTest
  @EnumSource(PassageRule.class)
  void each_rule_left_out_is_found(PassageRule rule) {
    Set<PassageRule> rest = EnumSet.allOf(PassageRule.class);
    rest.remove(rule);
    PassageSimulation simulation = new PassageSimulation(rest);
    if (SEARCH == 0) {
      History history = History.of(rule.seed());
      assertThat(simulation.run(history.setup(), history.events()))
          .as("without " + rule + ", seed " + rule.seed())
          .isPresent();
      return;
    }
    Optional<PassageSimulation.Finding> finding = simulation.search(1, SEARCH);
    assertThat(finding).as("without " + rule).isPresent();
    finding.ifPresent(
        found ->
            System.out.printf(
                "| `%s` | %d | %d | %s |%n  %s%n",
                rule,
                found.seed(),
                found.history().events().size(),
                found.message(),
                found.history()));
  }
}
