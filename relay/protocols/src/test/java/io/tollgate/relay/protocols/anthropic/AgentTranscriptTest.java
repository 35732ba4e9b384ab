package io.tollgate.relay.protocols.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.anthropic.request.ConversationBody;
import io.tollgate.relay.protocols.anthropic.request.MessagesRequest;
import io.tollgate.relay.protocols.conversation.Conversation;
import org.junit.jupiter.api.Test;

/** A coding agent's whole history keeps its meaning on the way through the common model. */
class AgentTranscriptTest {
  private static final int TURNS = 40;

  @Test
  void forty_turns_of_thinking_and_parallel_calls_come_back_the_same() {
    MessagesRequest request = Given.parsed(transcript());
    Conversation asked = request.conversation();
    byte[] written = ConversationBody.of(asked, "claude-sonnet-4-5", ThinkingTable.USUAL).bytes();
    Conversation again = Given.parsed(written).conversation();
    assertThat(again.turns()).hasSize(2 * TURNS + 1).isEqualTo(asked.turns());
    assertThat(again.system()).isEqualTo(asked.system());
    assertThat(again.reasoning()).isEqualTo(asked.reasoning());
    assertThat(Given.json(written).get("messages"))
        .isEqualTo(Given.json(Given.utf8(transcript())).get("messages"));
    assertThat(Given.json(written).get("system")).isEqualTo(Given.json(transcript()).get("system"));
  }

  private static String transcript() {
    StringBuilder messages = new StringBuilder();
    messages.append("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Mend it.\"}]}");
    for (int turn = 0; turn < TURNS; turn++) {
      messages.append(
          """
          ,{"role":"assistant","content":[
            {"type":"thinking","thinking":"Step %1$d: \\"look\\"\\n","signature":"c2ln%1$d"},
            {"type":"text","text":"I read \\u00fcber %1$d."},
            {"type":"tool_use","id":"toolu_a%1$d","name":"read","input":{"path":"/a%1$d","lines":[1,2]}},
            {"type":"tool_use","id":"toolu_b%1$d","name":"run","input":{}}]},
           {"role":"user","content":[
            {"type":"tool_result","tool_use_id":"toolu_a%1$d","content":[{"type":"text","text":"file %1$d"}]},
            {"type":"tool_result","tool_use_id":"toolu_b%1$d","content":[{"type":"text","text":"failed"}],"is_error":true%2$s}]}"""
              .formatted(
                  turn, turn == TURNS - 1 ? ",\"cache_control\":{\"type\":\"ephemeral\"}" : ""));
    }
    return """
        {"model":"claude-sonnet-4-5","max_tokens":32000,"stream":true,
         "system":[{"type":"text","text":"You mend code.","cache_control":{"type":"ephemeral","ttl":"1h"}}],
         "thinking":{"type":"enabled","budget_tokens":16000},
         "tools":[{"name":"read","input_schema":{"type":"object"}},{"name":"run","input_schema":{"type":"object"}}],
         "messages":[%s]}"""
        .formatted(messages);
  }
}
