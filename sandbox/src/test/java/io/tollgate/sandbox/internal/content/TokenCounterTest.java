package io.tollgate.sandbox.internal.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenCounterTest {
  private final TokenCounter counter = TokenCounter.loading();

  @Test
  void text_is_counted_by_o200k() {
    assertThat(counter.count("")).isZero();
    assertThat(counter.count("Say hello")).isEqualTo(2);
    assertThat(counter.count("tiktoken is great!")).isEqualTo(6);
  }

  @Test
  void huge_text_is_counted_by_bytes() {
    assertThat(counter.count("日".repeat(TokenCounter.EXACT_CHARS + 1)))
        .isEqualTo((3 * (TokenCounter.EXACT_CHARS + 1) + 3) / 4);
  }

  @Test
  void pieces_join_to_the_text_also_where_a_character_spans_tokens() {
    String text = "{\"emoji\":\"🦩🫠\",\"word\":\"ꙮ naïve\"}";
    assertThat(String.join("", counter.pieces(text))).isEqualTo(text);
    assertThat(counter.pieces(text)).hasSize(counter.count(text));
  }
}
