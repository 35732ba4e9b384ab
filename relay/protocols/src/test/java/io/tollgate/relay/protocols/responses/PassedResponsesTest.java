package io.tollgate.relay.protocols.responses;

import static io.tollgate.relay.protocols.responses.Said.text;
import static io.tollgate.relay.protocols.responses.Said.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers of an upstream that speaks Responses, for a caller who does too. */
class PassedResponsesTest {
  private static final String STREAMED = "{\"model\":\"gpt-5\",\"input\":\"Hi\",\"stream\":true}";
  private static final String WHOLE = "{\"model\":\"gpt-5\",\"input\":\"Hi\"}";
  private static final CutNotice NOTICE =
      new CutNotice("insufficient_quota", "used up", Said.REQUEST_ID, Instant.EPOCH);

  /** What a stream came to. */
  private record Seen(String passed, String held, TokenUsage usage, boolean done, long counted) {}

  @Test
  void a_stream_passes_as_it_came_and_its_end_is_held_back() {
    for (String lineEnd : List.of("\n", "\r\n", "\r")) {
      String stream = Said.STREAM.replace("\n", lineEnd);
      byte[] bytes = utf8(stream);
      Seen whole = see(bytes);
      assertThat(whole.passed + whole.held).isEqualTo(stream);
      assertThat(whole.held).startsWith("event: response.completed");
      assertThat(whole.usage).isEqualTo(new TokenUsage(36, 8, 0, 87, 64));
      assertThat(whole.done).isTrue();
      for (int cut = 0; cut <= bytes.length; cut += 7) {
        assertThat(see(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length)))
            .as("cut at %d", cut)
            .isEqualTo(whole);
      }
      byte[][] singly = new byte[bytes.length][];
      for (int i = 0; i < bytes.length; i++) {
        singly[i] = new byte[] {bytes[i]};
      }
      assertThat(see(singly)).isEqualTo(whole);
    }
  }

  @Test
  void an_end_of_megabytes_is_read_and_held_back_whole() {
    String large = "word ".repeat(500_000);
    String end =
        Said.event(
            "response.completed",
            1,
            "\"response\":" + Said.response("completed", Said.message(large), Said.USAGE));
    Seen seen = see(utf8(end));
    assertThat(seen.held).isEqualTo(end);
    assertThat(seen.counted).isGreaterThan(400_000);
    StreamTap tap = tap();
    tap.accept(utf8(end));
    assertThat(tap.charged().disbelief().orElseThrow().rule().name())
        .isEqualTo("NO_LESS_THAN_DELIVERED");
  }

  @Test
  void the_tier_that_served_is_told() {
    StreamTap tap = tap();
    tap.accept(utf8(Said.STREAM.replace("\"default\"", "\"priority\"")));
    assertThat(tap.servedTier()).contains(ServiceTier.PRIORITY);
  }

  @Test
  void nothing_passes_before_it_is_an_answer_and_an_error_there_is_one() {
    String created = Said.STREAM.substring(0, Said.STREAM.indexOf("event: response.output_item"));
    StreamTap tap = tap();
    assertThat(tap.accept(utf8(created))).isEmpty();
    assertThat(tap.verdict()).isEmpty();
    String failed =
        Said.event(
            "response.failed",
            2,
            "\"response\":"
                + Said.response("failed", "", "null")
                    .replace(
                        "\"error\":null",
                        "\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":"
                            + "\"Limit reached in organization org-abc123def\"}"));
    tap.accept(utf8(failed));
    AnswerVerdict.Failed verdict = (AnswerVerdict.Failed) tap.verdict().orElseThrow();
    assertThat(verdict.fault().status()).isEqualTo(429);
    assertThat(verdict.fault().code()).contains("rate_limit_exceeded");
    assertThat(verdict.fault().message()).isEqualTo("Limit reached in organization [organization]");
  }

  @Test
  void an_error_in_the_middle_is_told_once_cleaned_in_both_ways() {
    String half = Said.STREAM.substring(0, Said.STREAM.indexOf("event: response.output_text.done"));
    StreamTap tap = tap();
    tap.accept(utf8(half));
    String error =
        Said.event(
            "error",
            12,
            "\"code\":\"server_error\",\"message\":\"acct-west-2 at relay-7.upstream.example is down\","
                + "\"param\":null");
    String failed =
        Said.event("response.failed", 13, "\"response\":" + Said.response("failed", "", "null"));
    String told = text(tap.accept(utf8(error + failed)));
    assertThat(tap.errorSeen()).isTrue();
    assertThat(told)
        .startsWith("event: error\ndata: {\"type\":\"error\",\"sequence_number\":13,")
        .contains("[account] at [address] is down")
        .contains("\"error\":{\"type\":\"server_error\",\"code\":\"server_error\"")
        .contains("event: response.failed\n")
        .contains("\"id\":\"resp_67cc\"")
        .doesNotContain("acct-west-2", "upstream.example");
    assertThat(told.split("event: ")).hasSize(3);
  }

  @Test
  void a_stream_that_is_cut_short_goes_on_in_the_upstreams_names() {
    String half = Said.STREAM.substring(0, Said.STREAM.indexOf("event: response.output_text.done"));
    StreamTap tap = tap();
    tap.accept(utf8(half));
    String cut = text(tap.cutShort(NOTICE, TokenUsage.of(9, 4)));
    assertThat(cut)
        .startsWith(": used up\n\nevent: response.output_text.done\n")
        .contains(
            "{\"type\":\"response.output_text.done\",\"sequence_number\":12,\"item_id\":\"msg_1\","
                + "\"output_index\":1,\"content_index\":0,\"text\":\"Grüße 世界🌍\"")
        .contains("event: response.incomplete\n")
        .contains("\"id\":\"resp_67cc\"")
        .contains("\"incomplete_details\":{\"reason\":\"max_output_tokens\"}")
        .contains("\"encrypted_content\":\"gAAAAA==\"")
        .contains("\"input_tokens\":9,")
        .contains("\"notice\":{\"code\":\"insufficient_quota\",\"message\":\"used up\"}");
    assertThat(cut).doesNotContain("\"id\":\"rs_1\",\"output_index\"");
  }

  @Test
  void our_own_refusal_after_the_first_byte_is_an_error_of_the_stream() {
    StreamTap tap = tap();
    tap.accept(utf8(Said.STREAM.substring(0, Said.STREAM.indexOf("event: response.output_text"))));
    assertThat(text(tap.broken(new Refusal(ErrorCode.UPSTREAM_TIMEOUT, "too slow"))))
        .contains("event: error\n")
        .contains("\"code\":\"upstream_timeout\",\"message\":\"too slow\"")
        .contains("event: response.failed\n");
  }

  @Test
  void a_document_passes_as_it_is() {
    String document = Said.response("completed", Said.message("Hello"), Said.USAGE);
    WholeAnswer whole = whole(WHOLE, document);
    assertThat(text(whole.body())).isEqualTo(document);
    assertThat(whole.charged().usage()).isEqualTo(new TokenUsage(36, 8, 0, 87, 64));
    assertThat(whole.contentType()).isEqualTo("application/json");
  }

  @Test
  void a_stream_for_a_document_gives_the_document_that_its_end_holds() {
    WholeAnswer whole = whole(WHOLE, Said.STREAM);
    assertThat(whole.verdict()).isInstanceOf(AnswerVerdict.Answer.class);
    assertThat(text(whole.body()))
        .startsWith("{\"id\":\"resp_67cc\"")
        .endsWith("\"usage\":" + Said.USAGE + "}");
  }

  @Test
  void a_document_for_a_stream_is_told_in_events_with_its_own_ids() {
    String document = Said.response("completed", Said.message("Hello"), Said.USAGE);
    String stream = text(whole(STREAMED, document.replace(",", ",\n")).body());
    assertThat(stream)
        .startsWith("event: response.created\n")
        .contains(
            "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":\"Hello\"")
        .contains("event: response.completed\n")
        .contains("\"total_tokens\":123");
    for (String line : stream.split("\n")) {
      assertThat(line).matches("(event: |data: \\{).*|");
    }
  }

  @Test
  void a_response_that_is_made_in_the_background_goes_to_the_caller_and_is_free_so_far() {
    String document = Said.response("queued", "", "null");
    WholeAnswer whole = whole(WHOLE, document);
    assertThat(whole.verdict()).isInstanceOf(AnswerVerdict.Empty.class);
    assertThat(whole.charged().usage()).isEqualTo(TokenUsage.NONE);
    assertThat(text(whole.body())).isEqualTo(document);
  }

  @Test
  void what_only_this_protocol_has_is_content_and_passes() {
    String call =
        "{\"id\":\"cu_1\",\"type\":\"computer_call\",\"call_id\":\"call_1\","
            + "\"action\":{\"type\":\"screenshot\"},\"status\":\"completed\"}";
    WholeAnswer whole = whole(WHOLE, Said.response("completed", call, "null"));
    assertThat(whole.verdict()).isInstanceOf(AnswerVerdict.Answer.class);
    assertThat(whole.contentSeen()).isTrue();
    // nor is it told as what it is not, where we write
    String stream = text(whole(STREAMED, Said.response("completed", call, "null")).body());
    assertThat(stream).contains("\"computer_call\"").doesNotContain("function_call");
    StreamTap tap = tap();
    String custom =
        Said.event(
                "response.output_item.added",
                0,
                "\"output_index\":0,\"item\":{\"id\":\"ctc_1\",\"type\":\"custom_tool_call\","
                    + "\"call_id\":\"c\",\"name\":\"sql\",\"input\":\"\"}")
            + Said.event(
                "response.custom_tool_call_input.delta",
                1,
                "\"item_id\":\"ctc_1\",\"output_index\":0,\"delta\":\"SELECT one\"");
    assertThat(text(tap.accept(utf8(custom)))).isEqualTo(custom);
    assertThat(tap.countedOutput()).isEqualTo(2);
    assertThat(text(tap.cutShort(NOTICE, TokenUsage.of(9, 4))))
        .contains("response.incomplete")
        .doesNotContain("function_call");
  }

  private static StreamTap tap() {
    return call(STREAMED).stream(Said.terms());
  }

  private static WholeAnswer whole(String request, String answer) {
    return call(request).whole(utf8(answer), Said.terms());
  }

  private static UpstreamCall call(String body) {
    return new ResponsesUpstream(ThinkingTable.USUAL).call(Said.request(body), "gpt-5");
  }

  private static Seen see(byte[]... pieces) {
    StreamTap tap = tap();
    StringBuilder passed = new StringBuilder();
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      out.writeBytes(tap.accept(piece));
    }
    passed.append(text(out.toByteArray()));
    String held = text(tap.finish());
    return new Seen(
        passed.toString(), held, tap.charged().usage(), tap.done(), tap.countedOutput());
  }
}
