package io.tollgate.ground;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GivenTextTest {
  @Test
  void a_short_text_is_shown_as_it_is_and_a_long_one_begins_as_it_does() {
    assertThat(GivenText.shown("größe 1")).isEqualTo("größe 1");
    assertThat(GivenText.shown("x".repeat(40))).isEqualTo("x".repeat(40));
    assertThat(GivenText.shown("x".repeat(41))).isEqualTo("x".repeat(40) + "…");
  }

  @Test
  void no_character_is_cut_in_half_and_none_is_hidden() {
    assertThat(GivenText.shown("x".repeat(39) + "😀😀")).isEqualTo("x".repeat(39) + "😀…");
    assertThat(GivenText.shown("a\0b\r\nc\ud800")).isEqualTo("a?b??c?");
  }

  @Test
  void whatever_is_given_what_is_shown_can_be_written() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(100); length > 0; length--) {
        text.append((char) (random.nextBoolean() ? random.nextInt(0x10000) : 0xD7F0 + length * 20));
      }
      String shown = GivenText.shown(text.toString());
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(shown)).as("seed %d", seed).isTrue();
      assertThat(shown.codePointCount(0, shown.length())).isLessThanOrEqualTo(41);
    }
  }
}
