package io.tollgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @Test
  void flags_have_defaults() {
    assertThat(Main.options(new String[0]))
        .isEqualTo(
            new SandboxOptions(
                "127.0.0.1", 18_190, Path.of("data"), 1_000_000, OptionalInt.empty()));
  }

  @Test
  void flags_are_read_with_a_space_or_an_equals_sign() {
    assertThat(
            Main.options(
                new String[] {
                  "--port=1", "--data-dir", "/d", "--host", "0.0.0.0", "--script-port=2"
                }))
        .isEqualTo(new SandboxOptions("0.0.0.0", 1, Path.of("/d"), 1_000_000, OptionalInt.of(2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port=x", "--port=70000", "--port", "--ports=1", "--script-port=-1"})
  void wrong_flags_are_refused_with_what_was_expected(String flag) {
    assertThatThrownBy(() -> Main.options(new String[] {flag}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: ");
  }
}
