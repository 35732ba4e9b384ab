package io.tollgate.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureSpreadTest {
  @Test
  void the_median_of_an_odd_number_is_the_one_in_the_middle() {
    assertThat(FigureSpread.of(List.of(9.0, 1.0, 5.0))).isEqualTo(new FigureSpread(5, 1, 9));
  }

  @Test
  void the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
    assertThat(FigureSpread.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new FigureSpread(3, 1, 9));
  }

  @Test
  void none_is_refused() {
    assertThatThrownBy(() -> FigureSpread.of(List.of()))
        .hasMessage("figures: none (expected: at least one)");
  }
}
