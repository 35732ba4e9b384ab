package io.tollgate.relay.protocols.tools;

import static io.tollgate.contracts.UsageKind.CODE_SESSIONS;
import static io.tollgate.contracts.UsageKind.FILE_SEARCHES;
import static io.tollgate.contracts.UsageKind.IMAGES;
import static io.tollgate.contracts.UsageKind.MAP_SEARCHES;
import static io.tollgate.contracts.UsageKind.WEB_FETCHES;
import static io.tollgate.contracts.UsageKind.WEB_SEARCHES;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.Protocols;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.UsageBounds;
import io.tollgate.relay.protocols.usage.UsageRule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What providers did themselves for an answer is counted from what passes and what they report. */
class ProviderToolsTest {
  private static final Protocols PROTOCOLS = new Protocols(402);

  private static CallerRequest chat(String more) {
    return io.tollgate.relay.protocols.openai.Given.chat(
        utf8("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]" + more + "}"));
  }

  private static CallerRequest messages(String more) {
    return io.tollgate.relay.protocols.anthropic.Given.request(more);
  }

  private static CallerRequest responses(String more) {
    return io.tollgate.relay.protocols.responses.Said.request(
        "{\"model\":\"gpt-5\",\"input\":\"x\"" + more + "}");
  }

  private static CallerRequest gemini(String more) {
    return io.tollgate.relay.protocols.gemini.Given.content(
        "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]" + more + "}");
  }

  private static UpstreamCall call(CallerRequest request, Protocol upstream) {
    return PROTOCOLS.upstream(upstream).call(request, request.model());
  }

  private static AnswerTerms terms(String model, long maxCalls) {
    return new AnswerTerms(
        Counters.EXACT,
        model,
        new UsageBounds(9, TokenUsage.MAX_TOKENS, TokenUsage.MAX_TOKENS, 1).allowingCalls(maxCalls),
        AccountTraces.UNKNOWN,
        "0192f5c0-0000-7000-8000-000000000001",
        Instant.parse("2026-11-30T00:00:00Z"));
  }

  private static ChargedUsage whole(CallerRequest request, Protocol upstream, String answer) {
    return call(request, upstream).whole(utf8(answer), terms(request.model(), 1000)).charged();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"web_search_call\",\"status\":\"completed\",\"action\":{\"type\":\"search\",\"query\":\"q\"}} | web_searches | 1",
        "{\"type\":\"web_search_call\",\"status\":\"completed\"} | web_searches | 1",
        "{\"type\":\"web_search_call\",\"status\":\"completed\",\"action\":{\"type\":\"open_page\"}} | web_searches | 0",
        "{\"type\":\"web_search_call\",\"status\":\"failed\"} | web_searches | 0",
        "{\"type\":\"file_search_call\",\"status\":\"completed\",\"results\":null} | file_searches | 1",
        "{\"type\":\"code_interpreter_call\",\"container_id\":\"c1\"},{\"type\":\"code_interpreter_call\",\"container_id\":\"c1\"},{\"type\":\"code_interpreter_call\",\"container_id\":\"c2\"} | code_sessions | 2",
        "{\"type\":\"shell_call\",\"environment\":{\"type\":\"container_reference\",\"container_id\":\"c1\"}} | code_sessions | 1",
        "{\"type\":\"shell_call\",\"environment\":{\"type\":\"local\"}} | code_sessions | 0",
        "{\"type\":\"image_generation_call\",\"status\":\"completed\",\"result\":\"QUJD\"} | images | 1",
        "{\"type\":\"web_search_call\",\"action\":7},{\"type\":\"web_search_call\",\"action\":{\"type\":null}} | web_searches | 2"
      })
  void items_of_a_response_are_calls(String items, String kind, long calls) {
    String item =
        "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hello\"}]}";
    String usage = "{\"input_tokens\":9,\"output_tokens\":4}";
    String answer =
        "{\"id\":\"r\",\"status\":\"completed\",\"output\":["
            + items
            + ","
            + item
            + "],\"usage\":"
            + usage
            + "}";
    UsageKind counted = UsageKind.byCode(kind).orElseThrow();
    for (CallerRequest request : new CallerRequest[] {responses(""), chat(""), messages("")}) {
      ChargedUsage charged = whole(request, Protocol.RESPONSES, answer);
      assertThat(charged.usage().count(counted)).as(request.protocol().code()).isEqualTo(calls);
      assertThat(charged.usage().output()).isEqualTo(4);
      assertThat(charged.reported()).isTrue();
    }
  }

  @Test
  void a_search_that_is_still_running_counts_until_it_turns_out_to_cost_nothing() {
    StreamTap tap = call(responses(",\"stream\":true"), Protocol.RESPONSES).stream(terms("m", 9));
    tap.accept(
        event(
            "{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":"
                + "{\"type\":\"web_search_call\",\"status\":\"in_progress\"}}"));
    tap.accept(
        event("{\"type\":\"response.output_text.delta\",\"output_index\":1,\"delta\":\"a\"}"));
    assertThat(tap.chargedSoFar().usage().count(WEB_SEARCHES)).isEqualTo(1);
    tap.accept(
        event(
            "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":"
                + "{\"type\":\"web_search_call\",\"action\":{\"type\":\"find_in_page\"}}}"));
    assertThat(tap.charged().usage().count(WEB_SEARCHES)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // reported | expected searches | whether it is believed
        "\"web_search_requests\":3 | 3 | true",
        "\"web_search_requests\":0 | 0 | true",
        "\"web_search_requests\":null | 2 | true",
        "\"web_fetch_requests\":1 | 2 | true",
        "\"web_search_requests\":-1 | 2 | false",
        "\"web_search_requests\":1.5 | 2 | false",
        "\"web_search_requests\":\"many\" | 2 | false",
        "\"web_search_requests\":1000000001 | 2 | false",
        "\"web_search_requests\":99999 | 2 | false"
      })
  void anthropic_reports_are_held_against_what_is_possible(
      String reported, long searches, boolean believed) {
    String answer = anthropic("\"server_tool_use\":{" + reported + "}");
    for (CallerRequest request : new CallerRequest[] {messages(""), chat(""), responses("")}) {
      ChargedUsage charged = whole(request, Protocol.ANTHROPIC, answer);
      assertThat(charged.usage().count(WEB_SEARCHES)).isEqualTo(searches);
      assertThat(charged.usage().count(CODE_SESSIONS)).isEqualTo(1);
      assertThat(charged.usage().input()).isEqualTo(9);
      assertThat(charged.usage().output()).isEqualTo(4);
      assertThat(charged.disbelief().map(why -> why.rule()))
          .isEqualTo(believed ? Optional.empty() : Optional.of(UsageRule.TOOLS_AS_ALLOWED));
    }
  }

  @Test
  void a_stream_of_anthropic_counts_what_it_reports_last_and_what_passed_where_it_breaks() {
    StreamTap tap = call(messages(",\"stream\":true"), Protocol.ANTHROPIC).stream(terms("m", 9));
    tap.accept(
        event(
            "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"usage\":{\"input_tokens\":9,"
                + "\"output_tokens\":1,\"server_tool_use\":{\"web_search_requests\":0}}}}"));
    tap.accept(
        event(
            "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":"
                + "\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{}}}"));
    assertThat(tap.chargedSoFar().usage().count(WEB_SEARCHES)).isEqualTo(1);
    tap.accept(
        event(
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":"
                + "{\"output_tokens\":5,\"server_tool_use\":{\"web_search_requests\":4,"
                + "\"web_fetch_requests\":2}}}"));
    assertThat(tap.charged().usage().count(WEB_SEARCHES)).isEqualTo(4);
    assertThat(tap.charged().usage().count(WEB_FETCHES)).isEqualTo(2);
  }

  @Test
  void tools_of_other_servers_are_not_the_providers_own() {
    String block = "{\"type\":\"mcp_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{}}";
    String answer =
        "{\"type\":\"message\",\"content\":["
            + block
            + "],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":9,\"output_tokens\":4}}";
    assertThat(whole(messages(""), Protocol.ANTHROPIC, answer).usage().otherUnits()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // model | grounding | searches | map searches | file searches
        "gemini-2.5-flash | \"webSearchQueries\":[\"a\",\"b\"] | 1 | 0 | 0",
        "gemini-3-pro-preview | \"webSearchQueries\":[\"a\",\"\",\"b\",\"a\",\"\"] | 2 | 0 | 0",
        "gemini-3-pro-preview | \"webSearchQueries\":[\"\"] | 0 | 0 | 0",
        "gemini-3-pro-preview | \"groundingChunks\":[{\"web\":{\"uri\":\"u\"}}] | 1 | 0 | 0",
        "gemini-3-pro-preview | \"groundingChunks\":[{\"maps\":{\"uri\":\"u\"}},{\"maps\":{}}] | 0 | 1 | 0",
        "gemini-2.5-flash | \"retrievalQueries\":[\"a\",\"b\"] | 0 | 0 | 1",
        "gemini-2.5-flash | \"searchEntryPoint\":{} | 0 | 0 | 0",
        "gemini-3-pro-preview | \"webSearchQueries\":7,\"groundingChunks\":[1,null,\"web\"] | 0 | 0 | 0"
      })
  void gemini_is_billed_by_the_answer_or_by_the_query(
      String model, String grounding, long searches, long places, long files) {
    String answer =
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hello\"}]},\"finishReason\":\"STOP\","
            + "\"groundingMetadata\":{"
            + grounding
            + "}}],\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":4}}";
    for (CallerRequest request : new CallerRequest[] {gemini(""), chat("")}) {
      TokenUsage charged =
          call(request, Protocol.GEMINI).whole(utf8(answer), terms(model, 1000)).charged().usage();
      assertThat(charged.count(WEB_SEARCHES)).isEqualTo(searches);
      assertThat(charged.count(MAP_SEARCHES)).isEqualTo(places);
      assertThat(charged.count(FILE_SEARCHES)).isEqualTo(files);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // request | usage | searches
        ",\"web_search_options\":{} | | 1",
        ",\"web_search_options\":null | | 0",
        "`` | | 0",
        "`` | ,\"server_tool_use\":{\"web_search_requests\":3} | 3",
        ",\"web_search_options\":{} | ,\"num_search_queries\":5 | 5",
        "`` | ,\"num_sources_used\":2 | 2",
        "`` | ,\"num_sources_used\":-2 | 0",
        ",\"web_search_options\":{} | ,\"num_search_queries\":1000000000 | 1"
      })
  void a_chat_that_is_to_search_costs_a_search_at_least(String more, String usage, long searches) {
    String answer =
        "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
            + "\"content\":\"Hello\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,"
            + "\"completion_tokens\":4"
            + (usage == null ? "" : usage)
            + "}}";
    TokenUsage charged = whole(chat(more), Protocol.OPENAI, answer).usage();
    assertThat(charged.count(WEB_SEARCHES)).isEqualTo(searches);
    assertThat(charged.output()).isEqualTo(4);
  }

  @Test
  void a_model_that_always_searches_costs_a_search_whoever_asks() {
    String answer =
        "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
            + "\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}";
    for (CallerRequest request : new CallerRequest[] {chat(""), messages(""), gemini("")}) {
      UpstreamCall call =
          PROTOCOLS.upstream(Protocol.OPENAI).call(request, "gpt-4o-search-preview-2025-03-11");
      assertThat(call.whole(utf8(answer), terms("m", 9)).charged().usage().count(WEB_SEARCHES))
          .isEqualTo(1);
    }
  }

  @Test
  void what_produced_nothing_is_free_with_its_searches() {
    String answer =
        "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
            + "\"content\":\"\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,"
            + "\"completion_tokens\":0,\"num_search_queries\":5}}";
    assertThat(whole(chat(",\"web_search_options\":{}"), Protocol.OPENAI, answer).usage())
        .isEqualTo(TokenUsage.NONE);
  }

  @Test
  void no_answer_can_tell_of_more_calls_than_is_allowed() {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      items.append("{\"type\":\"file_search_call\"},");
    }
    String answer =
        "{\"id\":\"r\",\"status\":\"completed\",\"output\":["
            + items
            + "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hi\"}]}]}";
    ChargedUsage charged =
        call(responses(""), Protocol.RESPONSES).whole(utf8(answer), terms("m", 20)).charged();
    assertThat(charged.usage().count(FILE_SEARCHES)).isEqualTo(20);
    assertThat(charged.disbelief().orElseThrow().rule()).isEqualTo(UsageRule.TOOLS_AS_ALLOWED);
  }

  @Test
  void requests_name_the_tools_that_are_billed_by_the_call() {
    assertThat(asked(chat(",\"web_search_options\":{}"))).isEqualTo(Map.of(WEB_SEARCHES, 0L));
    assertThat(
            asked(
                chat(
                    ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"web_search\"}}]")))
        .isEmpty();
    assertThat(
            asked(
                responses(
                    ",\"tools\":[{\"type\":\"web_search_preview\"},{\"type\":\"file_search\"},"
                        + "{\"type\":\"mcp\"},{\"type\":\"image_generation\"}]")))
        .isEqualTo(Map.of(WEB_SEARCHES, 0L, FILE_SEARCHES, 0L, IMAGES, 0L));
    assertThat(
            asked(
                messages(
                    ",\"tools\":[{\"max_uses\":5,\"type\":\"web_search_20250305\",\"name\":\"web_search\"},"
                        + "{\"type\":\"web_fetch_20250910\",\"name\":\"f\"},"
                        + "{\"type\":\"code_execution_20250825\",\"name\":\"c\"},"
                        + "{\"type\":\"bash_20250124\",\"name\":\"b\"},"
                        + "{\"name\":\"own\",\"input_schema\":{\"type\":\"object\",\"max_uses\":3}}]")))
        .isEqualTo(Map.of(WEB_SEARCHES, 5L, WEB_FETCHES, 0L, CODE_SESSIONS, 0L));
    assertThat(
            asked(
                gemini(
                    ",\"tools\":[{\"google_search\":{}},{\"googleMaps\":{}},{\"urlContext\":{}},"
                        + "{\"codeExecution\":{}},{\"googleSearch\":null}]")))
        .isEqualTo(Map.of(WEB_SEARCHES, 0L, MAP_SEARCHES, 0L));
  }

  @Test
  void as_many_tools_as_are_read_are_one_of_each_kind() {
    String tools =
        ",{\"type\":\"web_search_20250305\",\"name\":\"w\",\"max_uses\":2}".repeat(1_024);
    assertThat(asked(messages(",\"tools\":[" + tools.substring(1) + "]")))
        .isEqualTo(Map.of(WEB_SEARCHES, 2_048L));
  }

  private static Map<UsageKind, Long> asked(CallerRequest request) {
    return request.providerTools().stream()
        .collect(Collectors.toMap(tool -> tool.kind(), tool -> tool.uses()));
  }

  private static String anthropic(String usage) {
    String search =
        "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{}},";
    String code =
        "{\"type\":\"server_tool_use\",\"id\":\"c\",\"name\":\"bash_code_execution\",\"input\":{}},";
    return "{\"type\":\"message\",\"content\":["
        + search
        + search
        + code
        + code
        + "{\"type\":\"text\",\"text\":\"Hello\"}],\"stop_reason\":\"end_turn\",\"usage\":"
        + "{\"input_tokens\":9,\"output_tokens\":4,"
        + usage
        + "}}";
  }

  private static byte[] event(String data) {
    return utf8("data: " + data + "\n\n");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
