package io.tollgate.relay.protocols.openai;

import static io.tollgate.relay.protocols.openai.Given.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.openai.answer.Answers;
import io.tollgate.relay.protocols.openai.answer.ChatStreamTap;
import io.tollgate.relay.protocols.openai.answer.ChatWholeAnswer;
import io.tollgate.relay.protocols.openai.request.ChatRequest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of requests and answers is counted as text; names begin with the fault's number. */
class CountedContentTest {
  private static final String BASE64 = "iVBORw0KGgo".repeat(9_100);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"content\":\"data:image/png;base64,%s\"}",
        "{\"content\":\"![](data:image/png;base64,%s)\"}",
        "{\"content\":\"\",\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,%s\"}}]}",
        "{\"content\":null,\"audio\":{\"id\":\"a\",\"data\":\"%s\",\"expires_at\":1}}",
        "{\"content\":[{\"type\":\"image\",\"b64_json\":\"%s\"}]}"
      })
  void b12_base64_in_an_answer_is_content_and_no_text(String delta) {
    ChatStreamTap tap = tap();
    tap.accept(utf8(Answers.delta(0, delta.replace("%s", BASE64))));
    assertThat(tap.contentSeen()).isTrue();
    assertThat(tap.countedOutput()).isLessThanOrEqualTo(10);
    assertThat(tap.charged().usage().output()).isBetween(1L, 10L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"reasoning\":\"%s\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"%s\",\"format\":\"unknown\",\"signature\":\"abcdefgh\"}]}",
        "{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"%s\"}],\"reasoning\":\"%s\"}",
        "{\"reasoning_content\":\"%s\",\"reasoning\":\"%s\"}",
        "{\"reasoning\":\"%s\",\"reasoning_content\":\"%s\",\"reasoning_details\":[{\"text\":\"%s\"}]}",
        "{\"reasoning\":null,\"reasoning_content\":\"\",\"reasoning_details\":[{\"text\":\"%s\"}]}",
        "{\"reasoning\":\"%s\",\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"abcdef\"}]}"
      })
  void b26_reasoning_that_stands_in_two_places_is_counted_once(String delta) {
    String thought = "word ".repeat(25).strip();
    ChatStreamTap tap = tap();
    tap.accept(utf8(Answers.delta(0, delta.replace("%s", thought))));
    assertThat(tap.countedOutput()).isEqualTo(25);
  }

  @Test
  void b26_reasoning_beside_the_answer_counts_with_it() {
    ChatStreamTap tap = tap();
    tap.accept(utf8(Answers.delta(0, "{\"reasoning\":\"Hello\",\"content\":\" there\"}")));
    assertThat(tap.countedOutput()).isEqualTo(2);
  }

  @Test
  void s15_an_event_too_large_to_be_read_counts_by_its_bytes_however_it_is_cut() {
    String event = Answers.content("word ".repeat(300_000));
    byte[] bytes = utf8(Answers.content("Hi") + event + Answers.finish(0, "stop"));
    long expected = 1 + (event.length() + 2) / 3;
    for (int size : new int[] {bytes.length, 65_536, 7_777}) {
      ChatStreamTap tap = tap();
      long passed = 0;
      for (int at = 0; at < bytes.length; at += size) {
        passed +=
            tap.accept(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size))).length;
      }
      assertThat(passed).isEqualTo(bytes.length);
      assertThat(tap.countedOutput()).isBetween(expected - 2, expected + 2);
      assertThat(tap.charged().usage().output()).isBetween(expected - 2, expected + 2);
      assertThat(tap.finished()).isTrue();
    }
  }

  @Test
  void s15_a_picture_in_an_event_too_large_to_be_read_is_no_text() {
    String image = "iVBORw0KGgo".repeat(200_000);
    ChatStreamTap tap = tap();
    tap.accept(
        utf8(
            Answers.delta(
                0,
                "{\"images\":[{\"image_url\":{\"url\":\"data:image/png;base64,"
                    + image
                    + "\"}}]}")));
    assertThat(tap.contentSeen()).isTrue();
    assertThat(tap.countedOutput()).isLessThan(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"role":"user","content":[{"type":"video_url","video_url":{"url":"data:video/mp4;base64,%s"}}]}  | 1105
          {"role":"user","content":[{"type":"video_url","video_url":"data:video/mp4;base64,%s"}]}          | 1105
          {"role":"tool","tool_call_id":"c","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"%s"}}]} | 1105
          {"role":"tool","tool_call_id":"c","content":[{"type":"image","data":"%s"}]}                      | 1105
          {"role":"user","content":[{"type":"image","image":"%s"}]}                                        | 1105
          {"role":"user","content":[{"type":"text","text":"data:image/png;base64,%s"}]}                    | 1105
          {"role":"user","content":"data:audio/mp3;base64,%s"}                                             | 201
          {"role":"user","content":[{"type":"x","x":"data:application/pdf;base64,%s"}]}                    | 3338
          """)
  void b24_base64_in_a_request_is_a_picture_or_sound_by_rule_of_thumb(String message, long tokens) {
    ChatRequest request = request("\"messages\":[" + message.replace("%s", BASE64) + "]");
    long counted = Counters.EXACT.count("gpt-4o-mini", request.input());
    assertThat(counted).isBetween(tokens, tokens + 20);
    assertThat(request.inputElsewhere()).isFalse();
  }

  @Test
  void b24_short_and_ordinary_texts_of_such_names_are_text() {
    ChatRequest request =
        request("\"messages\":[{\"role\":\"tool\",\"content\":[{\"data\":\"Hello there\"}]}]");
    assertThat(Counters.EXACT.count("gpt-4o-mini", request.input())).isEqualTo(3 + 4 + 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x.example/a.png\"}}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":\"https://x.example/a.png\"}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"video_url\",\"video_url\":{\"url\":\"https://x.example/a\"}}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"file-1\"}}]}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"web_search_options\":{}",
        "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"plugins\":[{\"id\":\"web\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"cached_content\":\"cachedContents/1\"",
        "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":[{\"type\":\"web_search\"}]"
      })
  void s10_a_request_that_names_what_is_not_in_it_is_known(String members) {
    assertThat(request(members).inputElsewhere()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"messages\":[{\"role\":\"user\",\"content\":\"see https://x.example\"}]",
        "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"web_search_options\":null",
        "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}]"
      })
  void s10_other_requests_hold_all_their_input(String members) {
    assertThat(request(members).inputElsewhere()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "priority" | priority
          "flex"     | flex
          "default"  | standard
          "auto"     | standard
          "Ab cd"    | unknown
          """)
  void b19_the_tier_asked_for_and_the_tier_that_served_are_read(String wire, String tier) {
    ServiceTier expected = new ServiceTier(tier);
    ChatRequest request =
        request("\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"service_tier\":" + wire);
    assertThat(request.tier()).contains(expected);
    ChatStreamTap tap = tap();
    tap.accept(
        utf8(
            Answers.event(
                Answers.chunk(
                    "{\"index\":0,\"delta\":{\"content\":\"Hi\"}}", ",\"service_tier\":" + wire))));
    assertThat(tap.servedTier()).contains(expected);
    String document =
        "{\"service_tier\":" + wire + ",\"choices\":[{\"message\":{\"content\":\"Hi\"}}]}";
    assertThat(new ChatWholeAnswer(Given.input(30), utf8(document), false, false).servedTier())
        .contains(expected);
  }

  @Test
  void b19_without_a_tier_none_is_read() {
    assertThat(request("\"messages\":[{\"content\":\"x\"}],\"service_tier\":null").tier())
        .isEmpty();
    assertThat(request("\"messages\":[{\"content\":\"x\"}]").tier()).isEmpty();
    assertThat(tap().servedTier()).isEmpty();
  }

  @Test
  void b20_a_refusal_of_what_we_added_is_known_and_the_call_without_it_is_what_the_caller_sent() {
    String body = "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"content\":\"x\"}]}";
    UpstreamCall call = new OpenAiUpstream(ThinkingTable.USUAL).call(Given.chat(utf8(body)), "m");
    byte[] error = utf8("{\"error\":{\"message\":\"Unknown field: stream_options\"}}");
    UpstreamCall without = call.withoutOurs(400, error).orElseThrow();
    assertThat(Given.text(without.body())).isEqualTo(body);
    assertThat(without.withoutOurs(400, error)).isEmpty();
    assertThat(call.withoutOurs(422, error)).isPresent();
    assertThat(call.withoutOurs(500, error)).isEmpty();
    assertThat(call.withoutOurs(400, utf8("{\"error\":\"temperature\"}"))).isEmpty();
    UpstreamCall own =
        new OpenAiUpstream(ThinkingTable.USUAL)
            .call(
                Given.chat(
                    utf8(
                        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[{\"content\":\"x\"}]}")),
                "m");
    assertThat(own.withoutOurs(400, error)).isEmpty();
  }

  @Test
  void b23_what_was_delivered_is_counted_also_beyond_what_was_allowed() {
    ChatStreamTap tap = tap();
    tap.accept(utf8(Answers.content("word ".repeat(3_600).strip())));
    assertThat(tap.charged().usage()).isEqualTo(TokenUsage.of(30, 3_600));
  }

  private static ChatRequest request(String members) {
    return Given.chat(utf8("{\"model\":\"gpt-4o-mini\"," + members + "}"));
  }

  private static ChatStreamTap tap() {
    return new ChatStreamTap(Given.input(30), "gpt-4o-mini", false, Given.ERRORS);
  }
}
