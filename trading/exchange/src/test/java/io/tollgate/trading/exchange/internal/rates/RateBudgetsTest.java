package io.tollgate.trading.exchange.internal.rates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RateBudgetsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Instant now = Instant.parse("2026-03-01T00:00:15Z");
  private final RateBudgets budgets = new RateBudgets(() -> now);

  @Test
  void reading_leaves_a_fifth_to_orders() {
    assertThat(read(80)).isEqualTo(new Admission.Go());
    assertThat(read(1)).isEqualTo(new Admission.Wait(Duration.ofSeconds(45)));
    assertThat(budgets.admit("a", List.of(cost(20)), true)).isEqualTo(new Admission.Go());
    assertThat(budgets.admit("a", List.of(cost(1)), true)).isInstanceOf(Admission.Wait.class);
    now = now.plusSeconds(45);
    assertThat(read(80)).isEqualTo(new Admission.Go());
  }

  @Test
  void what_the_exchange_counted_itself_holds_and_never_shrinks_within_a_window() {
    budgets.told("weight", 79, 100, MINUTE);
    budgets.told("weight", 10, 100, MINUTE);
    assertThat(read(1)).isEqualTo(new Admission.Go());
    assertThat(read(1)).isInstanceOf(Admission.Wait.class);
  }

  @Test
  void nothing_is_taken_where_one_of_several_budgets_is_used_up() {
    Cost other = new Cost("orders", 1, 1, MINUTE);
    assertThat(budgets.admit("a", List.of(other), true)).isEqualTo(new Admission.Go());
    for (int i = 0; i < 10; i++) {
      assertThat(budgets.admit("a", List.of(cost(50), other), true))
          .isInstanceOf(Admission.Wait.class);
    }
    assertThat(read(80)).isEqualTo(new Admission.Go());
  }

  @Test
  void a_held_address_is_left_alone_by_everybody_and_a_shorter_hold_ends_no_longer_one() {
    budgets.hold("a", Duration.ofSeconds(30), true);
    budgets.hold("a", Duration.ofSeconds(5), false);
    assertThat(read(1)).isEqualTo(new Admission.ShutOut(Duration.ofSeconds(30)));
    assertThat(budgets.admit("a", List.of(), true))
        .isEqualTo(new Admission.ShutOut(Duration.ofSeconds(30)));
    assertThat(budgets.admit("b", List.of(), true)).isEqualTo(new Admission.Go());
    now = now.plusSeconds(30);
    assertThat(read(1)).isEqualTo(new Admission.Go());
  }

  @Test
  void what_is_left_until_a_moment_is_believed() {
    budgets.left("weight", 0, 100, now.plusSeconds(3));
    assertThat(read(1)).isEqualTo(new Admission.Wait(Duration.ofSeconds(3)));
    now = now.plusSeconds(3);
    assertThat(read(1)).isEqualTo(new Admission.Go());
  }

  private Admission read(int amount) {
    return budgets.admit("a", List.of(cost(amount)), false);
  }

  private static Cost cost(int amount) {
    return new Cost("weight", amount, 100, MINUTE);
  }
}
