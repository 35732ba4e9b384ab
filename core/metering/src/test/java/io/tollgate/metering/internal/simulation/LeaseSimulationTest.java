package io.tollgate.metering.internal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.internal.lease.Rule;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** More steps: {@code -Dtollgate.simulation.steps=100000000}; from another seed: {@code .seed}. */
@Tag("slow")
class LeaseSimulationTest {
  private static final long STEPS = Long.getLong("tollgate.simulation.steps", 1_000_000L);
  private static final long SEED = Long.getLong("tollgate.simulation.seed", 1L);
  private static final int SEEDS_PER_RULE = 2_000;

  @Test
  void million_steps_with_every_fault_break_nothing() {
    Simulation simulation = new Simulation(Rule.all());
    for (long seed = SEED; simulation.steps() < STEPS; seed++) {
      Optional<Simulation.Finding> finding = simulation.search(seed, 1);
      assertThat(finding).as("seed " + seed).isEmpty();
    }
    assertThat(simulation.steps()).isGreaterThanOrEqualTo(STEPS);
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void each_rule_left_out_is_found(Rule rule) {
    Set<Rule> rest = EnumSet.allOf(Rule.class);
    rest.remove(rule);
    Optional<Simulation.Finding> finding = new Simulation(rest).search(SEED, SEEDS_PER_RULE);
    assertThat(finding).as("without " + rule + ", seeds from " + SEED).isPresent();
    finding.ifPresent(
        found ->
            System.out.printf(
                "| %s | %d | %d | %s |%n  %s%n",
                rule, found.seed(), found.history().size(), found.message(), found.history()));
  }
}
