package io.tollgate.relay.protocols.openai.completions;

import static io.tollgate.relay.protocols.openai.Given.text;
import static io.tollgate.relay.protocols.openai.Given.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.openai.Given;
import io.tollgate.relay.protocols.openai.OpenAiUpstream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionsTest {
  private static final String USAGE =
      "{\"prompt_tokens\":5,\"completion_tokens\":7,\"total_tokens\":12}";
  private static final String DONE = "data: [DONE]\n\n";
  private static final String SAID =
      chunk("{\"text\":\"Hello\",\"index\":0,\"logprobs\":null,\"finish_reason\":null}", "")
          + chunk("{\"text\":\" there\",\"index\":1,\"logprobs\":null,\"finish_reason\":null}", "")
          + chunk("{\"text\":\"!\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"stop\"}", "")
          + chunk("{\"text\":\"\",\"index\":1,\"logprobs\":null,\"finish_reason\":\"length\"}", "");
  private static final String REPORT = chunk("", ",\"usage\":" + USAGE);

  @Test
  void what_must_be_known_to_price_it_is_read() {
    CompletionsRequest request =
        request(
            "{\"model\":\"gpt-4o\",\"prompt\":[\"Hello there\",\"Hi\"],\"n\":2,\"best_of\":3,\"max_tokens\":9}");
    assertThat(request.choices()).isEqualTo(6);
    assertThat(request.answers()).isEqualTo(4);
    assertThat(request.maxOutputTokens()).hasValue(9);
    assertThat(Counters.EXACT.count("gpt-4o", request.input())).isEqualTo(3);
    assertThat(request("{\"model\":\"m\"}").choices()).isOne();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"prompt":"x"}                              | model: missing (expected: the name of a model)
          {"model":"m","prompt":7}                    | prompt: a number (expected: a text, an array of texts, or of tokens)
          {"model":"m","n":0}                         | n: 0 (expected: a whole number, 1 to 128)
          {"model":"m","n":1.5}                       | n: 1.5 (expected: a whole number, 1 to 128)
          {"model":"m","stream":"x"}                  | stream: a string (expected: true or false)
          {"model":"m","stream_options":[]}           | stream_options: an array (expected: an object)
          {"model":"m","echo":1}                      | echo: a number (expected: true or false)
          {"model":"m","model":"n"}                   | model: given twice (expected: once)
          """)
  void what_is_wrong_is_told(String body, String told) {
    assertThatThrownBy(() -> request(body)).isInstanceOf(RequestFault.class).hasMessage(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"stream":true,"model":"m"} | {"stream_options":{"include_usage":true},"stream":true,"model":"n"}
          {"model":"m","stream":true,"stream_options":null} | {"model":"n","stream":true,"stream_options":{"include_usage":true}}
          {"model":"m","stream":true,"stream_options":{}} | {"model":"n","stream":true,"stream_options":{"include_usage":true}}
          {"stream_options":{"a":1},"model":"m","stream":true} | {"stream_options":{"include_usage":true,"a":1},"model":"n","stream":true}
          {"stream_options":{"include_usage":false},"model":"m","stream":true} | {"stream_options":{"include_usage":true},"model":"n","stream":true}
          {"stream_options":{"include_usage":true},"model":"m","stream":true} | {"stream_options":{"include_usage":true},"model":"n","stream":true}
          {"model":"m"} | {"model":"n"}
          """)
  void usage_is_asked_for_in_a_stream(String body, String sent) {
    assertThat(text(call(body, "n").body())).isEqualTo(sent);
  }

  @Test
  void an_upstream_that_refuses_to_be_asked_is_asked_without() {
    UpstreamCall call = call("{\"model\":\"m\",\"stream\":true}", "m");
    byte[] error = utf8("{\"error\":{\"message\":\"Unknown parameter: stream_options\"}}");
    assertThat(text(call.withoutOurs(400, error).orElseThrow().body()))
        .isEqualTo("{\"model\":\"m\",\"stream\":true}");
    assertThat(call.withoutOurs(500, error)).isEmpty();
  }

  @Test
  void a_stream_passes_without_the_usage_that_only_we_asked_for_however_it_is_cut() {
    byte[] bytes = utf8(SAID + REPORT + DONE);
    for (int cut = 0; cut <= bytes.length; cut++) {
      StreamTap tap = tap("");
      ByteArrayOutputStream passed = new ByteArrayOutputStream();
      passed.writeBytes(tap.accept(Arrays.copyOf(bytes, cut)));
      passed.writeBytes(tap.accept(Arrays.copyOfRange(bytes, cut, bytes.length)));
      assertThat(text(passed.toByteArray())).as("cut at %d", cut).isEqualTo(SAID);
      assertThat(tap.finished()).isTrue();
      assertThat(tap.allCome()).isTrue();
      assertThat(tap.done()).isTrue();
      assertThat(text(tap.finish())).isEqualTo(DONE);
      assertThat(tap.charged().usage()).isEqualTo(TokenUsage.of(5, 7));
    }
    StreamTap asked = tap(",\"stream_options\":{\"include_usage\":true}");
    assertThat(text(asked.accept(bytes))).isEqualTo(SAID + REPORT);
  }

  @Test
  void the_end_that_an_upstream_forgets_is_added() {
    StreamTap tap = tap("");
    tap.accept(utf8(SAID + REPORT));
    assertThat(tap.done()).isFalse();
    assertThat(text(tap.finishComplete())).isEqualTo(DONE);
  }

  @Test
  void a_stream_that_is_cut_short_ends_what_is_open_and_says_why() {
    StreamTap tap = tap(",\"stream_options\":{\"include_usage\":true}");
    tap.accept(
        utf8(
            chunk("{\"text\":\"a\",\"index\":0,\"finish_reason\":\"stop\"}", "")
                + chunk("{\"text\":\"b\",\"index\":1,\"finish_reason\":null}", "")));
    String cut =
        text(
            tap.cutShort(
                new CutNotice("insufficient_quota", "used up", "r", Instant.EPOCH),
                TokenUsage.of(5, 2)));
    String head =
        "data: {\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1795953600,\"model\":\"m-1\",";
    assertThat(cut)
        .isEqualTo(
            ": used up\n\n"
                + head
                + "\"choices\":[{\"text\":\"\",\"index\":1,\"logprobs\":null,\"finish_reason\":\"length\"}],"
                + "\"notice\":{\"code\":\"insufficient_quota\",\"message\":\"used up\"}}\n\n"
                + head
                + "\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}}\n\n"
                + DONE);
  }

  @Test
  void an_error_in_the_middle_is_cleaned_and_before_an_answer_is_one() {
    String error = "data: {\"error\":{\"message\":\"org-abc123def is over\",\"code\":\"429\"}}\n\n";
    StreamTap tap = tap("");
    assertThat(tap.accept(utf8(error))).isEmpty();
    assertThat(((AnswerVerdict.Failed) tap.verdict().orElseThrow()).fault().status())
        .isEqualTo(429);
    StreamTap begun = tap("");
    begun.accept(utf8(SAID));
    assertThat(text(begun.accept(utf8(error)))).contains("[organization] is over");
    assertThat(begun.errorSeen()).isTrue();
  }

  @Test
  void the_prompt_that_is_told_once_more_is_no_output() {
    String body = "{\"model\":\"gpt-4o\",\"prompt\":\"Once upon \\u0061 time\",\"echo\":true}";
    WholeAnswer answer =
        call(body, "m")
            .whole(
                utf8(
                    "{\"object\":\"text_completion\",\"choices\":[{\"text\":\"Once upon \\u0061 time there was\","
                        + "\"index\":0,\"finish_reason\":\"length\"}]}"),
                Given.input(4));
    assertThat(answer.charged().usage()).isEqualTo(TokenUsage.of(4, 2));
  }

  @Test
  void an_answer_is_turned_into_the_form_that_was_asked_for() {
    String document =
        "{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"model\":\"m-1\",\"choices\":[{\"text\":\"Hello\","
            + "\"index\":0,\"finish_reason\":\"stop\"}],\"usage\":"
            + USAGE
            + "}";
    WholeAnswer same = call("{\"model\":\"m\"}", "m").whole(utf8(document), Given.input(5));
    assertThat(text(same.body())).isEqualTo(document);
    assertThat(same.charged().usage()).isEqualTo(TokenUsage.of(5, 7));
    WholeAnswer joined =
        call("{\"model\":\"m\",\"n\":2}", "m").whole(utf8(SAID + REPORT + DONE), Given.input(5));
    assertThat(text(joined.body()))
        .isEqualTo(
            "{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1795953600,\"model\":\"m-1\","
                + "\"choices\":[{\"text\":\"Hello!\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"length\"},"
                + "{\"text\":\" there\",\"index\":1,\"logprobs\":null,\"finish_reason\":\"length\"}],\"usage\":"
                + USAGE
                + "}");
    WholeAnswer split =
        call("{\"model\":\"m\",\"stream\":true}", "m").whole(utf8(document), Given.input(5));
    assertThat(text(split.body()))
        .contains(
            "\"choices\":[{\"text\":\"Hello\",\"index\":0,\"logprobs\":null,\"finish_reason\":null}]")
        .contains("\"finish_reason\":\"stop\"}]}")
        .endsWith(DONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}
          {"choices":[]}
          {"choices":[{}]}
          <html>
          {"choices":[{"text":"Hel
          """)
  void what_holds_no_choice_is_no_answer_and_free(String body) {
    WholeAnswer answer = call("{\"model\":\"m\"}", "m").whole(utf8(body), Given.input(5));
    assertThat(answer.verdict()).isInstanceOf(AnswerVerdict.NoAnswer.class);
    assertThat(answer.charged().usage()).isEqualTo(TokenUsage.NONE);
  }

  private static CompletionsRequest request(String body) {
    return CompletionsRequest.parse(utf8(body), Given.ERRORS);
  }

  private static UpstreamCall call(String body, String upstreamModel) {
    return new OpenAiUpstream(ThinkingTable.USUAL).call(request(body), upstreamModel);
  }

  private static StreamTap tap(String more) {
    return call("{\"model\":\"m\",\"n\":2,\"stream\":true" + more + "}", "m").stream(
        Given.input(5));
  }

  private static String chunk(String choices, String more) {
    return "data: {\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1741570283,\"model\":\"m-1\","
        + "\"choices\":["
        + choices
        + "]"
        + more
        + "}\n\n";
  }
}
