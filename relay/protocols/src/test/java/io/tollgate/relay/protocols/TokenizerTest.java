package io.tollgate.relay.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerTest {
  @ParameterizedTest
  @CsvSource({
    "gpt-4o-mini, O200K",
    "gpt-4.1-nano, O200K",
    "gpt-5.1, O200K",
    "o3-mini, O200K",
    "openai/gpt-4o, O200K",
    "ft:gpt-4o-mini:acme::abc, O200K",
    "gpt-4, CL100K",
    "gpt-4-turbo-2024-04-09, CL100K",
    "gpt-3.5-turbo, CL100K",
    "text-embedding-3-small, CL100K",
    "claude-sonnet-4-5, NONE",
    "gemini-2.5-flash, NONE",
    "deepseek-chat, NONE",
    "/, NONE"
  })
  void a_model_is_read_with_its_familys_tokenizer(String model, Tokenizer tokenizer) {
    assertThat(Tokenizer.of(model)).isEqualTo(tokenizer);
  }

  @Test
  void until_the_vocabulary_is_loaded_bytes_count_as_a_third() {
    Queue<Runnable> later = new ArrayDeque<>();
    TokenCounter counter = TokenCounter.loadingOn(later::add);
    byte[] text = "Hello there".getBytes(StandardCharsets.UTF_8);
    assertThat(counter.count("gpt-4o", text, 0, text.length)).isEqualTo(4);
    assertThat(counter.count("gpt-4", text, 0, text.length)).isEqualTo(4);
    assertThat(counter.ready().toCompletableFuture()).isNotDone();
    assertThat(later).hasSize(2);
    later.remove().run();
    assertThat(counter.ready().toCompletableFuture()).isCompleted();
    assertThat(counter.count("gpt-4o", text, 0, text.length)).isEqualTo(2);
    assertThat(counter.count("gpt-4", text, 0, text.length)).isEqualTo(4);
    assertThat(later).hasSize(1);
  }
}
