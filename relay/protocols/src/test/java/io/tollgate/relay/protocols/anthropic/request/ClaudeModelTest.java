package io.tollgate.relay.protocols.anthropic.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaudeModelTest {
  @ParameterizedTest
  @CsvSource({
    "claude-3-opus-20240229, opus, 300, 4096",
    "claude-3-5-sonnet-latest, sonnet, 305, 8192",
    "claude-3-7-sonnet-20250219, sonnet, 307, 64000",
    "claude-opus-4-20250514, opus, 400, 32000",
    "claude-opus-4-1, opus, 401, 32000",
    "anthropic.claude-sonnet-4-5-20250929-v1:0, sonnet, 405, 64000",
    "anthropic/claude-opus-4.6, opus, 406, 64000",
    "claude-haiku-4-5@20251001, haiku, 405, 64000",
    "claude-opus-5-5, opus, 505, 64000",
    "Claude-Fable-5-1, fable, 501, 64000",
    "claude-next, claude, 9999, 64000",
    "kimi-k2.6, '', 0, 8192"
  })
  void a_model_is_known_by_its_name(String name, String line, int version, long maxTokens) {
    ClaudeModel model = ClaudeModel.of(name);
    assertThat(model).isEqualTo(new ClaudeModel(line, version));
    assertThat(model.maxTokensUnsaid()).isEqualTo(maxTokens);
  }
}
