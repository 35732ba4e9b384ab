package io.tollgate.metering.internal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.internal.lease.LeaseRule;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** More steps, other seeds: {@code ./tollgate test simulate}. */
@Tag("slow")
class LeaseSimulationTest {
  private static final long STEPS = 1_500_000L;
  private static final int SEEDS_PER_RULE = 2_000;

  @Test
  void history_after_history_with_every_fault_breaks_nothing() {
    assertThat(Course.run("leases", STEPS, LeaseSimulationTest::player)).isEmpty();
  }

  private static Course.Player player() {
    Simulation simulation = new Simulation(LeaseRule.all());
    return Course.Player.of(
        seed -> simulation.search(seed, 1).map(found -> found.message() + " " + found.history()),
        simulation::steps);
  }

  @ParameterizedTest
  @EnumSource(LeaseRule.class)
  void each_rule_left_out_is_found(LeaseRule rule) {
    Set<LeaseRule> rest = EnumSet.allOf(LeaseRule.class);
    rest.remove(rule);
    Optional<Simulation.Finding> finding = new Simulation(rest).search(1, SEEDS_PER_RULE);
    assertThat(finding).as("without " + rule).isPresent();
    finding.ifPresent(
        found ->
            System.out.printf(
                "| %s | %d | %d | %s |%n  %s%n",
                rule, found.seed(), found.history().size(), found.message(), found.history()));
  }
}
