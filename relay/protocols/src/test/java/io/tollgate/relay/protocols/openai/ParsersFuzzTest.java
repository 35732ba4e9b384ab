package io.tollgate.relay.protocols.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.ErrorAnswer;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.internal.openai.OpenAiFaults;
import io.tollgate.relay.protocols.openai.answer.ChatStreamTap;
import io.tollgate.relay.protocols.openai.answer.ChatWholeAnswer;
import io.tollgate.relay.protocols.openai.request.ChatRequest;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;

/**
 * Parsers take any bytes. Runs over its seeds only; to search on, run one of the tests with {@code
 * JAZZER_FUZZ=1} and {@code -Djazzer.hooks=true}.
 */
@Tag("slow")
class ParsersFuzzTest {
  // bytes ÷ 3, which is quick and says the same at any cut
  private static final TokenCounter COUNTER = TokenCounter.loadingOn(task -> {});

  @FuzzTest(maxDuration = "2m")
  void a_request_is_read_or_refused_and_reads_the_same_when_rewritten(byte[] body) {
    ChatRequest request;
    try {
      request = Given.chat(body);
    } catch (RequestFault refused) {
      assertThat(refused.refusal().sentence()).isNotEmpty();
      return;
    }
    ChatRequest sent = Given.chat(request.bodyFor("another-model", true));
    assertThat(sent.model()).isEqualTo("another-model");
    assertThat(sent.stream()).isEqualTo(request.stream());
    assertThat(sent.includeUsage()).isEqualTo(request.stream() || request.includeUsage());
    assertThat(COUNTER.count("m", sent.input())).isEqualTo(COUNTER.count("m", request.input()));
  }

  @FuzzTest(maxDuration = "2m")
  void a_stream_passes_and_counts_the_same_however_it_is_cut(byte[] stream) {
    ChatStreamTap whole = tap();
    ByteArrayOutputStream atOnce = new ByteArrayOutputStream();
    atOnce.writeBytes(whole.accept(stream));
    atOnce.writeBytes(whole.finish());
    ChatStreamTap cut = tap();
    ByteArrayOutputStream singly = new ByteArrayOutputStream();
    for (int i = 0; i < stream.length; i++) {
      singly.writeBytes(cut.accept(Arrays.copyOfRange(stream, i, i + 1)));
    }
    singly.writeBytes(cut.finish());
    assertThat(singly.toByteArray()).isEqualTo(atOnce.toByteArray());
    assertThat(cut.charged().usage()).isEqualTo(whole.charged().usage());
  }

  @FuzzTest(maxDuration = "2m")
  void an_answer_passes_whole_and_costs_no_less_than_nothing(byte[] answer) {
    ChatWholeAnswer read = new ChatWholeAnswer(Given.input(COUNTER, 1), answer, false, false);
    assertThat(read.charged().usage().total()).isNotNegative();
    ChatWholeAnswer streamed = new ChatWholeAnswer(Given.input(COUNTER, 1), answer, true, true);
    assertThat(streamed.verdict()).isEqualTo(read.verdict());
    if (read.verdict() instanceof AnswerVerdict.Answer) {
      // whatever form it came in, it reads the same in both
      assertThat(new ChatWholeAnswer(Given.input(COUNTER, 1), read.body(), false, false).verdict())
          .isEqualTo(read.verdict());
      assertThat(
              new ChatWholeAnswer(Given.input(COUNTER, 1), streamed.body(), true, true).verdict())
          .isEqualTo(read.verdict());
    }
  }

  @FuzzTest(maxDuration = "2m")
  void an_upstreams_error_is_passed_on_as_an_error(byte[] body) {
    ErrorAnswer answer = passedOn(body);
    assertThat(Given.text(passedOn(answer.body()).body())).isEqualTo(Given.text(answer.body()));
  }

  private static ErrorAnswer passedOn(byte[] body) {
    return Given.ERRORS.of(OpenAiFaults.cleaned(500, body, AccountTraces.UNKNOWN)).answer();
  }

  private static ChatStreamTap tap() {
    return new ChatStreamTap(Given.input(COUNTER, 1), "m", false, Given.ERRORS);
  }
}
