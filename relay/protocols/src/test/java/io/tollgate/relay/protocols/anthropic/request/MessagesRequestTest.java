package io.tollgate.relay.protocols.anthropic.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.anthropic.AnthropicCaller;
import io.tollgate.relay.protocols.anthropic.Given;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesRequestTest {
  private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";

  @Test
  void what_is_given_is_read() {
    MessagesRequest request =
        Given.parsed(
            "{\"model\":\"claude-opus-5-5\",\"max_tokens\":77,\"stream\":true,"
                + "\"service_tier\":\"auto\","
                + HELLO
                + "}");
    assertThat(request.model()).isEqualTo("claude-opus-5-5");
    assertThat(request.stream()).isTrue();
    assertThat(request.choices()).isEqualTo(1);
    assertThat(request.maxOutputTokens()).hasValue(77);
    assertThat(request.tier()).hasValueSatisfying(t -> assertThat(t.name()).isEqualTo("standard"));
    assertThat(request.inputElsewhere()).isFalse();
    assertThat(request.foreignSignatures()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | model: missing (expected: the name of a model)",
        "[] | body: an array (expected: a JSON object)",
        "{\"model\":3} | model: a number (expected: the name of a model, a string)",
        "{\"model\":\"\"} | model: 0 characters (expected: 1 to 256)",
        "{\"model\":\"m\",\"model\":\"m\"} | model: given twice (expected: once)",
        "{\"model\":\"m\"} | messages: missing (expected: an array of messages)",
        "{\"model\":\"m\",\"messages\":{}} | messages: an object (expected: an array of messages)",
        "{\"model\":\"m\",\"messages\":[]} | messages: empty (expected: at least one message)",
        "{\"model\":\"m\",\"messages\":[1]} | messages.0: a number (expected: a message, an object)",
        "{\"model\":\"m\",\"stream\":\"yes\"} | stream: a string (expected: true or false)",
        "{\"model\":\"m\",\"max_tokens\":0} | max_tokens: 0 (expected: a whole number >= 1)",
        "{\"model\":\"m\",\"max_tokens\":1.5} | max_tokens: 1.5 (expected: a whole number >= 1)",
        "{\"model\":\"m\",\"max_tokens\":null} | max_tokens: null (expected: a whole number >= 1)",
        "{\"model\":\"m\",\"system\":1} | system: a number (expected: a string or an array of texts)",
        "{\"model\":\"m\",\"tools\":{}} | tools: an object (expected: an array of tools)"
      })
  void what_is_wrong_is_named_with_what_was_expected(String body, String message) {
    assertRefused(body, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"content\":\"x\"} | messages.0.role: missing (expected: user, assistant or system)",
        "{\"role\":\"tool\",\"content\":\"x\"} | messages.0.role: tool (expected: user, assistant or system)",
        "{\"role\":7,\"content\":\"x\"} | messages.0.role: a number (expected: user, assistant or system)",
        "{\"role\":\"user\"} | messages.0.content: missing (expected: a string or an array)",
        "{\"role\":\"user\",\"content\":5} | messages.0.content: a number (expected: a string or an array of blocks)",
        "{\"role\":\"user\",\"content\":[\"x\"]} | messages.0.content.0: a string (expected: a block, an object)",
        "{\"role\":\"user\",\"content\":[{}]} | messages.0.content.0.type: missing (expected: the type of a block)",
        "{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]} | messages.0.content.0.text: missing (expected: a string)",
        "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t9\"}]} | messages.0.content.0.tool_use_id: t9 (expected: the id of a tool_use block in an earlier message)",
        "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"name\":\"n\",\"input\":{}}]} | messages.0.content.0.id: missing (expected: the id of the call)",
        "{\"role\":\"user\",\"content\":[{\"type\":\"image\"}]} | messages.0.content.0.source: missing (expected: where the image is)",
        "{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"???\"}}]} | messages.0.content.0.source.data: not base64 (expected: base64)",
        "{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\"}}]} | messages.0.content.0.source.data: missing (expected: base64)"
      })
  void what_is_wrong_in_a_message_is_named_by_its_place(String message, String sentence) {
    assertRefused("{\"model\":\"m\",\"max_tokens\":5,\"messages\":[" + message + "]}", sentence);
  }

  @Test
  void a_limit_must_be_given_but_for_counting() {
    String body = "{\"model\":\"gpt-4o\"," + HELLO + "}";
    assertRefused(body, "max_tokens: missing (expected: a whole number >= 1)");
    assertThat(MessagesRequest.count(Given.utf8(body), Counters.EXACT).tokens())
        .isEqualTo(3 + 4 + 1);
  }

  @Test
  void more_than_any_answer_is_as_much_as_one_can_be() {
    assertThat(
            Given.parsed("{\"model\":\"m\",\"max_tokens\":99999999999999," + HELLO + "}")
                .maxOutputTokens())
        .hasValue(TokenUsage.MAX_TOKENS);
  }

  @Test
  void content_is_nested_only_so_deep() {
    String deep = "{\"type\":\"x\",\"content\":[".repeat(20) + "]}".repeat(20);
    assertThatThrownBy(() -> Given.messages("[{\"role\":\"user\",\"content\":[" + deep + "]}]", ""))
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining("nested 9 times (expected: at most 8)");
  }

  @Test
  void only_the_name_of_the_model_is_changed_on_the_way_and_unknown_fields_pass() {
    String body =
        "{ \"new_field\":{\"a\":[1, 2]}, \"model\" : \"cla\\u0075de\", \"max_tokens\":5,"
            + "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"newer\",\"x\":1}]}]}";
    MessagesRequest request = Given.parsed(body);
    assertThat(request.model()).isEqualTo("claude");
    byte[] sent = request.bodyFor("claude-x");
    assertThat(new String(sent, StandardCharsets.UTF_8))
        .isEqualTo(body.replace("cla\\u0075de", "claude-x"));
    byte[] own = Given.utf8(body);
    assertThat(Given.parsed(own).bodyFor("claude")).isSameAs(own);
  }

  @Test
  void version_betas_and_query_are_told_to_the_upstream() {
    byte[] body = Given.utf8("{\"model\":\"m\",\"max_tokens\":5," + HELLO + "}");
    MessagesRequest plain = read(Map.of(), Map.of(), body);
    UpstreamCall call = Given.UPSTREAM.call(plain, "m");
    assertThat(call.path()).isEqualTo("/messages");
    assertThat(call.headers()).containsExactly(new Header("anthropic-version", "2023-06-01"));
    MessagesRequest beta =
        read(
            Map.of("anthropic-version", "2024-01-01", "anthropic-beta", "a-1,b-2"),
            Map.of("beta", "true"),
            body);
    UpstreamCall betaCall = Given.UPSTREAM.call(beta, "m");
    assertThat(betaCall.path()).isEqualTo("/messages?beta=true");
    assertThat(betaCall.headers())
        .containsExactly(
            new Header("anthropic-version", "2024-01-01"), new Header("anthropic-beta", "a-1,b-2"));
    assertThat(betaCall.dropped()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "sk-ant-api03-abc, x-api-key, sk-ant-api03-abc",
    "sk-ant-oat01-abc, authorization, Bearer sk-ant-oat01-abc"
  })
  void an_account_is_authorised_by_the_kind_of_its_key(String key, String name, String value) {
    assertThat(Given.UPSTREAM.accountHeaders(key)).containsExactly(new Header(name, value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://x/y.png\"}}",
        "{\"type\":\"document\",\"source\":{\"type\":\"file\",\"file_id\":\"file_1\"}}",
        "{\"type\":\"container_upload\",\"file_id\":\"file_1\"}"
      })
  void input_that_is_only_named_is_elsewhere(String block) {
    String message = "[{\"role\":\"user\",\"content\":[" + block + "]}]";
    boolean upload = block.contains("upload");
    assertThat(Given.messages(message, "").inputElsewhere()).isTrue();
    assertThat(upload || Given.messages(message, "").input().fixedTokens() >= 7).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}] | true",
        "\"tools\":[{\"type\":\"custom\",\"name\":\"t\",\"input_schema\":{\"type\":\"object\"}}] | false",
        "\"tools\":[{\"name\":\"t\",\"input_schema\":{\"type\":\"object\"}}] | false",
        "\"mcp_servers\":[] | true",
        "\"mcp_servers\":null | false"
      })
  void tools_of_the_provider_bring_input_from_elsewhere(String more, boolean elsewhere) {
    assertThat(Given.request("," + more).inputElsewhere()).isEqualTo(elsewhere);
  }

  @Test
  void faster_service_is_a_tier_of_its_own() {
    assertThat(Given.request(",\"service_tier\":\"auto\",\"speed\":\"fast\"").tier())
        .hasValueSatisfying(tier -> assertThat(tier.name()).isEqualTo("fast"));
    assertThat(Given.request(",\"speed\":\"fast\",\"service_tier\":\"auto\"").tier())
        .hasValueSatisfying(tier -> assertThat(tier.name()).isEqualTo("fast"));
  }

  @Test
  void pictures_and_documents_count_by_rule_of_thumb_and_not_by_their_characters() {
    String data = "QUJD".repeat(3000);
    assertThat(tokens(block("image", "image/png", data))).isEqualTo(3 + 4 + 1600);
    assertThat(tokens(block("document", "application/pdf", data))).isEqualTo(3 + 4 + 400);
    assertThat(
            tokens(
                "{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\","
                    + "\"data\":\"Hello\"}}"))
        .isEqualTo(3 + 4 + 1);
  }

  @Test
  void what_another_provider_thought_is_known() {
    for (String block :
        new String[] {
          "{\"type\":\"thinking\",\"thinking\":\"x\",\"signature\":\"tg1.gemini.abc\"}",
          "{\"type\":\"thinking\",\"thinking\":\"x\",\"signature\":\"\"}",
          "{\"type\":\"thinking\",\"thinking\":\"x\"}",
          "{\"type\":\"redacted_thinking\",\"data\":\"tg1.responses.abc\"}"
        }) {
      assertThat(
              Given.messages("[{\"role\":\"assistant\",\"content\":[" + block + "]}]", "")
                  .foreignSignatures())
          .isTrue();
    }
    assertThat(
            Given.messages(
                    "[{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"x\","
                        + "\"signature\":\"RXJzdGU=\"}]}]",
                    "")
                .foreignSignatures())
        .isFalse();
  }

  private static long tokens(String block) {
    MessagesRequest request =
        Given.messages("[{\"role\":\"user\",\"content\":[" + block + "]}]", "");
    return Counters.EXACT.count("gpt-4o", request.input());
  }

  private static String block(String type, String mediaType, String data) {
    return "{\"type\":\""
        + type
        + "\",\"source\":{\"type\":\"base64\",\"media_type\":\""
        + mediaType
        + "\",\"data\":\""
        + data
        + "\"}}";
  }

  private static MessagesRequest read(
      Map<String, String> headers, Map<String, String> query, byte[] body) {
    return (MessagesRequest)
        new AnthropicCaller(402).routes().getFirst().read(Given.head(headers, query), body);
  }

  private static void assertRefused(String body, String message) {
    assertThatThrownBy(
            () -> MessagesRequest.parse(Given.utf8(body), List.of(), false, Given.ERRORS))
        .isInstanceOfSatisfying(
            RequestFault.class,
            fault -> {
              assertThat(fault.refusal().sentence()).isEqualTo(message);
              assertThat(fault.refusal().code())
                  .isIn(ErrorCode.INVALID_REQUEST, ErrorCode.MALFORMED_BODY);
            });
  }
}
