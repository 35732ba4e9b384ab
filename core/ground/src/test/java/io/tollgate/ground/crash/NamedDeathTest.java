package io.tollgate.ground.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedDeathTest {
  private static final List<String> CODES = List.of("tea-cup-filled", "tea-cup-emptied");

  private final List<Integer> halts = new ArrayList<>();

  @Test
  void nothing_is_to_be_told_unless_a_step_of_the_context_is_named() {
    assertThat(NamedDeath.of(Map.of(), "tea-", CODES, halts::add)).isEmpty();
    assertThat(at("coffee-cup-filled")).isEmpty();
  }

  @Test
  void the_process_ends_the_first_time_its_step_is_reached_or_the_one_that_is_counted() {
    Consumer<String> first = at("tea-cup-emptied").orElseThrow();
    first.accept("tea-cup-filled");
    assertThat(halts).isEmpty();
    first.accept("tea-cup-emptied");
    assertThat(halts).containsExactly(137);
    Consumer<String> third = at("tea-cup-filled:3").orElseThrow();
    third.accept("tea-cup-filled");
    third.accept("tea-cup-filled");
    assertThat(halts).hasSize(1);
    third.accept("tea-cup-filled");
    assertThat(halts).hasSize(2);
  }

  @Test
  void a_file_says_which_when_it_is_reached(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("step");
    Consumer<String> told = at("told-by:" + file).orElseThrow();
    told.accept("tea-cup-filled");
    Files.writeString(file, "tea-cup-filled\n");
    told.accept("tea-cup-emptied");
    assertThat(halts).isEmpty();
    told.accept("tea-cup-filled");
    assertThat(halts).containsExactly(137);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tea-", "tea-pot", "tea-cup-filled:", "tea-cup-filled:0"})
  void a_step_that_is_not_there_is_refused_with_those_that_are(String text) {
    assertThatThrownBy(() -> at(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TOLLGATE_CRASH_AT: " + text)
        .hasMessageContaining("one of tea-cup-filled, tea-cup-emptied;");
  }

  private Optional<Consumer<String>> at(String text) {
    return NamedDeath.of(Map.of(NamedDeath.VARIABLE, text), "tea-", CODES, halts::add);
  }
}
