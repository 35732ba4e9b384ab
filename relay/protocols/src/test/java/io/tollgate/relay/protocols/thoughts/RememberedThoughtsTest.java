package io.tollgate.relay.protocols.thoughts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.Protocols;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.ThoughtMemory;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.openai.Given;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A chat caller keeps the thoughts of a model of another protocol, whose signature chat has not.
 */
class RememberedThoughtsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TOOLS =
      "\"reasoning_effort\":\"medium\",\"max_tokens\":16000,\"tools\":[{\"type\":\"function\",\"function\":"
          + "{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}]";
  private static final String ANTHROPIC =
      """
      {"type":"message","id":"m","role":"assistant","content":[
        {"type":"thinking","thinking":"Hm, \\u00fcber.","signature":"c2ln"},
        {"type":"redacted_thinking","data":"cmVk"},
        {"type":"text","text":"Let me see."},
        {"type":"tool_use","id":"toolu_1","name":"f","input":{}},
        {"type":"thinking","thinking":"And then","signature":"bmV4dA"},
        {"type":"tool_use","id":"toolu_2","name":"f","input":{}}],
       "stop_reason":"tool_use","usage":{"input_tokens":9,"output_tokens":9}}""";

  private final long[] now = {0};
  private final ThoughtMemory memory = new ThoughtMemory(1 << 20, 1 << 18, 1000, () -> now[0]);
  private final Protocols protocols = new Protocols(402, ThinkingTable.USUAL, memory);

  private static CallerRequest first(boolean stream) {
    return Given.chat(
        Given.utf8(
            "{\"model\":\"claude-sonnet-4-5\",\"stream\":"
                + stream
                + ","
                + TOOLS
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"));
  }

  /** The next turn as a chat client sends it, which keeps nothing but what chat has. */
  private static CallerRequest next(String... ids) {
    StringBuilder calls = new StringBuilder();
    StringBuilder results = new StringBuilder();
    for (String id : ids) {
      calls
          .append(calls.isEmpty() ? "" : ",")
          .append("{\"id\":\"%s\",\"type\":\"function\",\"function\":".formatted(id))
          .append("{\"name\":\"f\",\"arguments\":\"{}\"}}");
      results.append(
          ",{\"role\":\"tool\",\"tool_call_id\":\"%s\",\"content\":\"y\"}".formatted(id));
    }
    return Given.chat(
        Given.utf8(
            "{\"model\":\"claude-sonnet-4-5\","
                + TOOLS
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\","
                + "\"content\":\"Let me see.\",\"reasoning_content\":\"Hm\",\"tool_calls\":["
                + calls
                + "]}"
                + results
                + "]}"));
  }

  private UpstreamCall call(CallerRequest request, Protocol upstream, long tenant) {
    return protocols.call(request, upstream, "claude-sonnet-4-5", Map.of(), tenant);
  }

  private JsonNode body(CallerRequest request, Protocol upstream, long tenant) {
    return JSON.readTree(call(request, upstream, tenant).body());
  }

  private static AnswerTerms terms() {
    return new AnswerTerms(
        Counters.EXACT,
        "claude-sonnet-4-5",
        new UsageBounds(9, TokenUsage.MAX_TOKENS, TokenUsage.MAX_TOKENS, 1),
        AccountTraces.UNKNOWN,
        Given.REQUEST_ID,
        Given.AT);
  }

  private void answered(Protocol upstream, long tenant, String answer) {
    WholeAnswer whole = call(first(false), upstream, tenant).whole(Given.utf8(answer), terms());
    assertThat(whole.body()).isNotEmpty();
  }

  private static String types(JsonNode content) {
    StringBuilder types = new StringBuilder();
    content.forEach(block -> types.append(block.path("type").asString()).append(' '));
    return types.toString().strip();
  }

  @Test
  void thoughts_of_anthropic_come_back_where_they_stood_with_their_signatures() {
    answered(Protocol.ANTHROPIC, 1, ANTHROPIC);
    JsonNode body = body(next("toolu_1", "toolu_2"), Protocol.ANTHROPIC, 1);
    JsonNode said = body.required("messages").get(1).required("content");
    assertThat(types(said)).isEqualTo("thinking redacted_thinking text tool_use thinking tool_use");
    assertThat(said.get(0).required("thinking").asString()).isEqualTo("Hm, über.");
    assertThat(said.get(0).required("signature").asString()).isEqualTo("c2ln");
    assertThat(said.get(1).required("data").asString()).isEqualTo("cmVk");
    assertThat(said.get(4).required("signature").asString()).isEqualTo("bmV4dA");
    assertThat(body.required("thinking").required("type").asString()).isEqualTo("enabled");
    assertThat(memory.found()).isEqualTo(2);
  }

  @Test
  void a_stream_is_remembered_as_a_whole_answer_is() {
    StreamTap tap = call(first(true), Protocol.ANTHROPIC, 1).stream(terms());
    for (String event :
        new String[] {
          "{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}",
          "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\"}}",
          "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"a\\n\"}}",
          "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"b\"}}",
          "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"c2ln\"}}",
          "{\"type\":\"content_block_stop\",\"index\":0}",
          "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"f\",\"input\":{}}}",
          "{\"type\":\"content_block_stop\",\"index\":1}",
          "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"},\"usage\":{\"output_tokens\":9}}",
          "{\"type\":\"message_stop\"}"
        }) {
      tap.accept(Given.utf8("data: " + event + "\n\n"));
    }
    assertThat(memory.bytes()).isZero();
    tap.finish();
    JsonNode said =
        body(next("toolu_1"), Protocol.ANTHROPIC, 1)
            .required("messages")
            .get(1)
            .required("content");
    assertThat(said.get(0).required("thinking").asString()).isEqualTo("a\nb");
    assertThat(said.get(0).required("signature").asString()).isEqualTo("c2ln");
  }

  @Test
  void what_broke_off_or_is_another_tenants_or_providers_or_too_old_is_lost_and_thinking_is_off() {
    StreamTap broken = call(first(true), Protocol.ANTHROPIC, 1).stream(terms());
    broken.accept(
        Given.utf8(
            "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
                + "{\"type\":\"tool_use\",\"id\":\"toolu_9\",\"name\":\"f\",\"input\":{}}}\n\n"));
    assertThat(memory.bytes()).isZero();

    answered(Protocol.ANTHROPIC, 1, ANTHROPIC);
    for (JsonNode body :
        new JsonNode[] {
          body(next("toolu_1", "toolu_2"), Protocol.ANTHROPIC, 2),
          body(next("toolu_3"), Protocol.ANTHROPIC, 1)
        }) {
      assertThat(types(body.required("messages").get(1).required("content")))
          .doesNotContain("thinking");
      assertThat(body.has("thinking")).isFalse();
    }
    assertThat(call(next("toolu_3"), Protocol.ANTHROPIC, 1).dropped()).contains("reasoning");
    assertThat(body(next("toolu_1", "toolu_2"), Protocol.RESPONSES, 1).toString())
        .doesNotContain("c2ln")
        .doesNotContain("cmVk");
    now[0] = 1001;
    assertThat(
            types(
                body(next("toolu_1", "toolu_2"), Protocol.ANTHROPIC, 1)
                    .required("messages")
                    .get(1)
                    .required("content")))
        .doesNotContain("thinking");
  }

  @Test
  void sealed_thoughts_of_responses_and_signatures_of_gemini_come_back() {
    answered(
        Protocol.RESPONSES,
        1,
        """
        {"id":"r","status":"completed","output":[
          {"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"Hm"}],"encrypted_content":"gAAA"},
          {"id":"fc_1","type":"function_call","call_id":"call_1","name":"f","arguments":"{}"}],
         "usage":{"input_tokens":9,"output_tokens":9}}""");
    assertThat(body(next("call_1"), Protocol.RESPONSES, 1).required("input").toString())
        .contains("\"encrypted_content\":\"gAAA\"");
    answered(
        Protocol.GEMINI,
        1,
        """
        {"candidates":[{"content":{"parts":[{"functionCall":{"id":"call_2","name":"f","args":{}},
          "thoughtSignature":"Z2Vt"}]},"finishReason":"STOP"}],
         "usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":9}}""");
    UpstreamCall gemini =
        protocols.call(next("call_2"), Protocol.GEMINI, "gemini-3-pro-preview", Map.of(), 1);
    assertThat(Given.text(gemini.body())).contains("\"thoughtSignature\":\"Z2Vt\"");
    UpstreamCall lost =
        protocols.call(next("call_3"), Protocol.GEMINI, "gemini-3-pro-preview", Map.of(), 1);
    assertThat(Given.text(lost.body())).contains("skip_thought_signature_validator");
  }

  @Test
  void a_tenant_has_so_much_and_never_takes_anothers() {
    answered(Protocol.ANTHROPIC, 7, ANTHROPIC);
    long mine = memory.bytes();
    for (int i = 0; i < 2000; i++) {
      answered(
          Protocol.ANTHROPIC,
          8,
          ANTHROPIC
              .replace("toolu_1", "toolu_a" + i)
              .replace("toolu_2", "toolu_b" + i)
              .replace("Hm", "Hm".repeat(500)));
    }
    assertThat(memory.bytes()).isBetween(mine + (1 << 17), mine + (1 << 18));
    assertThat(memory.find(7, "toolu_1")).isPresent();
    assertThat(memory.find(8, "toolu_a0")).isEmpty();
    assertThat(memory.find(8, "toolu_a1999")).isPresent();
    assertThat(memory.find(7, "toolu_a1999")).isEmpty();
  }

  @Test
  void thoughts_that_are_too_large_are_not_remembered_at_all() {
    answered(Protocol.ANTHROPIC, 1, ANTHROPIC.replace("Hm", "x".repeat(40_000)));
    assertThat(memory.bytes()).isZero();
  }

  @Test
  void nothing_of_a_thought_is_told_by_its_name() {
    answered(Protocol.ANTHROPIC, 1, ANTHROPIC);
    assertThat(memory.find(1, "toolu_1").orElseThrow().toString())
        .doesNotContain("Hm")
        .doesNotContain("c2ln");
  }
}
