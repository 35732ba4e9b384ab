package io.tollgate.telemetry.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @Test
  void header_of_the_first_version_is_read() {
    assertThat(TraceParent.parse("00-" + TRACE + "-" + SPAN + "-01"))
        .contains(
            new TraceParent(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, 0x00f067aa0ba902b7L, true));
    assertThat(TraceParent.parse("00-" + TRACE + "-" + SPAN + "-00").orElseThrow().sampled())
        .isFalse();
  }

  @Test
  void flags_that_are_not_known_yet_do_not_matter() {
    assertThat(TraceParent.parse("00-" + TRACE + "-" + SPAN + "-ff").orElseThrow().sampled())
        .isTrue();
    assertThat(TraceParent.parse("00-" + TRACE + "-" + SPAN + "-02").orElseThrow().sampled())
        .isFalse();
  }

  @Test
  void later_versions_may_say_more() {
    assertThat(TraceParent.parse("cc-" + TRACE + "-" + SPAN + "-01")).isPresent();
    assertThat(TraceParent.parse("cc-" + TRACE + "-" + SPAN + "-01-what-comes-later")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "nonsense that is as long as a header would be, or longer",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473-600f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
        "0x-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
        "00-４bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
      })
  void what_is_no_such_header_is_ignored(String text) {
    assertThat(TraceParent.parse(text)).isEmpty();
  }
}
