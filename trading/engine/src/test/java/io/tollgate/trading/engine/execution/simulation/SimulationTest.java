package io.tollgate.trading.engine.execution.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code -Dexecution.simulation.histories=100000} and {@code -Dexecution.simulation.seed=N} for
 * more histories and others than the suite has.
 */
@Tag("slow")
final class SimulationTest {
  private static final int HISTORIES = Integer.getInteger("execution.simulation.histories", 400);
  private static final long SEED = Long.getLong("execution.simulation.seed", 1);
  private static final int SEARCHED = Integer.getInteger("execution.simulation.search", 3_000);

  @Test
  void history_after_history_with_every_fault_breaks_nothing() {
    Simulation simulation = new Simulation(Rule.all());
    Optional<Simulation.Finding> finding = simulation.search(SEED, HISTORIES);
    System.out.printf(
        "orders: %,d histories from seed %d, %,d events%n", HISTORIES, SEED, simulation.steps());
    assertThat(finding).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Rule.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"END_BY_HOLDER", "TOLD"})
  void each_rule_left_out_is_found(Rule rule) {
    Optional<Simulation.Finding> finding = new Simulation(Rule.without(rule)).search(1, SEARCHED);
    assertThat(finding).as("without " + rule).isPresent();
    finding.ifPresent(
        found ->
            System.out.printf(
                "| `%s` | %d | %d | %s |%n",
                rule, found.seed(), found.events().size(), found.message()));
  }

  @Test
  void that_a_close_is_not_kept_until_it_is_told_is_found() {
    assertFound(Rule.TOLD, ByHand.deathBeforeTelling());
  }

  @Test
  void that_a_former_holder_ends_an_order_is_found() {
    assertFound(Rule.END_BY_HOLDER, ByHand.refusalOfFormerHolder());
  }

  private static void assertFound(Rule rule, List<Event> events) {
    assertThat(new Simulation(Rule.all()).run(events)).as("with all rules").isEmpty();
    assertThat(new Simulation(Rule.without(rule)).run(events)).as("without " + rule).isPresent();
  }
}
