package io.tollgate.relay.protocols.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.anthropic.request.MessagesRequest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What another provider thought never reaches Anthropic, which would refuse the whole request. */
class ForeignThinkingTest {
  private static final String SAID =
      """
      [{"role":"user","content":"x"},{"role":"assistant","content":[
        {"type":"thinking","thinking":"t","signature":"tg1.gemini.g0"},
        {"type":"tool_use","id":"c1","name":"n","input":{}},
        {"type":"redacted_thinking","data":"tg1.gemini.g1"}]},
       {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"r"}]}]""";

  @Test
  void thinking_of_another_provider_is_taken_out_for_anthropic() {
    UpstreamCall call = Given.UPSTREAM.call(Given.messages(SAID, ""), "claude-sonnet-4-5");
    JsonNode sent = Given.json(call.body());
    assertThat(sent.get("messages").get(1).get("content"))
        .isEqualTo(
            Given.json("[{\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"n\",\"input\":{}}]"));
  }

  @Test
  void what_cannot_be_rewritten_passes_as_it_is() {
    MessagesRequest request =
        Given.messages(
            SAID, ",\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]");
    UpstreamCall call = Given.UPSTREAM.call(request, "claude-sonnet-4-5");
    assertThat(call.body()).isEqualTo(request.bodyFor("claude-sonnet-4-5"));
  }
}
