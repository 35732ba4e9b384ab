package io.tollgate.metering.internal.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrashPointsTest {
  private final List<Integer> halts = new ArrayList<>();

  @Test
  void nothing_happens_unless_the_environment_names_a_point() {
    CrashPoints points = CrashPoints.of(Map.of("TOLLGATE_PORT", "1"), halts::add);
    for (CrashPoint point : CrashPoint.values()) {
      points.reach(point);
    }
    assertThat(halts).isEmpty();
    assertThat(points).isSameAs(CrashPoints.NONE);
  }

  @Test
  void the_process_ends_the_first_time_its_point_is_reached() {
    CrashPoints points = points("result-written");
    points.reach(CrashPoint.RESULT_STAGED);
    assertThat(halts).isEmpty();
    points.reach(CrashPoint.RESULT_WRITTEN);
    assertThat(halts).containsExactly(137);
  }

  @Test
  void a_number_says_which_time() {
    CrashPoints points = points("settlement-begun:3");
    points.reach(CrashPoint.SETTLEMENT_BEGUN);
    points.reach(CrashPoint.SETTLEMENT_BEGUN);
    assertThat(halts).isEmpty();
    points.reach(CrashPoint.SETTLEMENT_BEGUN);
    assertThat(halts).containsExactly(137);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "intent", "INTENT_WRITTEN", "intent-written:", "intent-written:0", ":1"})
  void a_point_that_is_not_there_is_refused_with_those_that_are(String text) {
    assertThatThrownBy(() -> points(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TOLLGATE_CRASH_AT: " + text)
        .hasMessageContaining("upstream-answered, result-beyond-reserved, result-staged")
        .hasMessageContaining("lease-asked, lease-answered, recovery-planned, recovery-committed");
  }

  private CrashPoints points(String text) {
    return CrashPoints.of(Map.of(CrashPoints.VARIABLE, text), halts::add);
  }
}
