package io.tollgate.relay.protocols.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChatRequestTest {
  @Test
  void rewriting_changes_the_model_and_asks_for_usage_and_nothing_else() {
    String body =
        "{ \"x\":1.50,\"model\" : \"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"h\\u00e9\"}] }";
    ChatRequest request = ChatRequest.parse(body.getBytes(StandardCharsets.UTF_8));
    assertThat(new String(request.bodyFor("b"), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"stream_options\":{\"include_usage\":true}, \"x\":1.50,\"model\" : \"b\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"h\\u00e9\"}] }");
  }
}
