package io.tollgate.relay.protocols.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.anthropic.answer.AnthropicAnswerReader;
import io.tollgate.relay.protocols.anthropic.answer.AnthropicFaults;
import io.tollgate.relay.protocols.anthropic.request.ConversationBody;
import io.tollgate.relay.protocols.anthropic.request.MessagesRequest;
import io.tollgate.relay.protocols.internal.answers.TranslatedStream;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;

/**
 * Parsers take any bytes. Runs over its seeds only; to search on, run one of the tests with {@code
 * JAZZER_FUZZ=1} and {@code -Djazzer.hooks=true}.
 */
@Tag("slow")
class MessagesFuzzTest {
  // bytes ÷ 3, which is quick and says the same at any cut
  private static final TokenCounter COUNTER = TokenCounter.loadingOn(task -> {});

  @FuzzTest(maxDuration = "2m")
  void a_request_is_read_or_refused_and_reads_the_same_when_rewritten(byte[] body) {
    MessagesRequest request;
    try {
      request = Given.parsed(body);
    } catch (RequestFault refused) {
      assertThat(refused.refusal().sentence()).isNotEmpty();
      return;
    }
    MessagesRequest sent = Given.parsed(request.bodyFor("another-model"));
    assertThat(sent.model()).isEqualTo("another-model");
    assertThat(sent.stream()).isEqualTo(request.stream());
    assertThat(COUNTER.count("m", sent.input())).isEqualTo(COUNTER.count("m", request.input()));
    try {
      for (String model : new String[] {"claude-sonnet-4-5", "claude-opus-5-5"}) {
        byte[] written =
            ConversationBody.of(request.conversation(), model, ThinkingTable.USUAL).bytes();
        MessagesRequest again = Given.parsed(written);
        assertThat(again.maxOutputTokens()).isEqualTo(request.maxOutputTokens());
        assertThat(again.foreignSignatures()).isFalse();
      }
    } catch (RequestFault refused) {
      assertThat(refused.refusal().sentence()).isNotEmpty();
    }
  }

  @FuzzTest(maxDuration = "2m")
  void a_stream_passes_and_counts_the_same_however_it_is_cut(byte[] stream) {
    for (boolean translated : new boolean[] {true, false}) {
      StreamTap whole = tap(translated);
      String atOnce = Given.passed(whole, stream);
      StreamTap cut = tap(translated);
      byte[][] bytes = new byte[stream.length][];
      for (int i = 0; i < stream.length; i++) {
        bytes[i] = Arrays.copyOfRange(stream, i, i + 1);
      }
      assertThat(Given.passed(cut, bytes)).isEqualTo(atOnce);
      assertThat(cut.charged().usage()).isEqualTo(whole.charged().usage());
    }
  }

  @FuzzTest(maxDuration = "2m")
  void an_answer_reads_the_same_in_both_forms_and_costs_no_less_than_nothing(byte[] answer) {
    WholeAnswer document = whole(false, answer);
    WholeAnswer stream = whole(true, answer);
    assertThat(document.charged().usage().total()).isNotNegative();
    assertThat(stream.verdict()).isEqualTo(document.verdict());
    if (document.verdict() instanceof AnswerVerdict.Answer) {
      assertThat(whole(false, document.body()).verdict()).isEqualTo(document.verdict());
      assertThat(whole(true, stream.body()).verdict()).isEqualTo(document.verdict());
    }
  }

  @FuzzTest(maxDuration = "2m")
  void an_upstreams_error_is_passed_on_as_an_error(byte[] body) {
    byte[] once = passedOn(body);
    assertThat(passedOn(once)).isEqualTo(once);
  }

  private static byte[] passedOn(byte[] body) {
    return Given.ERRORS
        .of(AnthropicFaults.cleaned(500, body, AccountTraces.UNKNOWN), "r")
        .answer()
        .body();
  }

  private static WholeAnswer whole(boolean stream, byte[] answer) {
    return Given.UPSTREAM.call(Given.request(",\"stream\":" + stream), "m").whole(answer, terms());
  }

  private static StreamTap tap(boolean translated) {
    MessagesRequest request = Given.request(",\"stream\":true");
    return translated
        ? new TranslatedStream(
            AnthropicAnswerReader.translated(terms()), request.answerWriter(terms()), terms())
        : Given.UPSTREAM.call(request, "m").stream(terms());
  }

  private static AnswerTerms terms() {
    return Given.terms(COUNTER, UsageBounds.WIDEST);
  }
}
