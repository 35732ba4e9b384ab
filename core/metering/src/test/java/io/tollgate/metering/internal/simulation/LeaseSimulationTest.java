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

class LeaseSimulationTest {
  private static final long STEPS = 1_000_000;

  @Test
  @Tag("slow")
  void million_steps_with_every_fault_break_nothing() {
    Simulation simulation = new Simulation(Rule.all());
    for (long seed = 1; simulation.steps() < STEPS; seed++) {
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
    Optional<Simulation.Finding> finding = new Simulation(rest).search(1, 20_000);
    assertThat(finding).as("without " + rule).isPresent();
    finding.ifPresent(
        found ->
            System.out.printf(
                "| %s | %d | %d | %s |%n",
                rule, found.seed(), found.history().size(), found.message()));
    finding.ifPresent(found -> System.out.println("  " + found.history()));
  }
}
