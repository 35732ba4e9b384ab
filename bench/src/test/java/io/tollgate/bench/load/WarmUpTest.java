package io.tollgate.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void it_is_flat_when_the_last_three_lie_close_together() {
    assertThat(WarmUp.isFlat(List.of(50.0, 50.0))).isFalse();
    assertThat(WarmUp.isFlat(List.of(50.0, 50.0, 54.0))).isFalse();
    assertThat(WarmUp.isFlat(List.of(200.0, 52.0, 50.0, 51.0))).isTrue();
  }
}
