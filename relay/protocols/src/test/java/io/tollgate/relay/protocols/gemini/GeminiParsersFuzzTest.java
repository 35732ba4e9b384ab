package io.tollgate.relay.protocols.gemini;

import static io.tollgate.relay.protocols.gemini.Given.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.ErrorAnswer;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.gemini.answer.GeminiAnswerReader;
import io.tollgate.relay.protocols.gemini.answer.GeminiFaults;
import io.tollgate.relay.protocols.gemini.request.AnswerShape;
import io.tollgate.relay.protocols.gemini.request.BodyWriter;
import io.tollgate.relay.protocols.gemini.request.GeminiRequest;
import io.tollgate.relay.protocols.internal.answers.TranslatedStream;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/**
 * Parsers take any bytes. Runs over its seeds only; to search on, run one of the tests with {@code
 * JAZZER_FUZZ=1} and {@code -Djazzer.hooks=true}.
 */
@Tag("slow")
class GeminiParsersFuzzTest {
  private static final String BODY = "{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}";

  // bytes ÷ 3, which is quick and says the same at any cut
  private static final AnswerTerms TERMS =
      Given.terms(
          TokenCounter.loadingOn(task -> {}),
          new UsageBounds(1, TokenUsage.MAX_TOKENS, TokenUsage.MAX_TOKENS, 1));

  @FuzzTest(maxDuration = "2m")
  void a_request_is_read_or_refused_and_what_is_written_of_it_is_read_again(byte[] body) {
    byte[] written;
    try {
      GeminiRequest request = GeminiRequest.parse("m", AnswerShape.DOCUMENT, body);
      GeminiRequest own = GeminiRequest.parse("m", AnswerShape.DOCUMENT, request.ownBody());
      assertThat(own.choices()).isEqualTo(request.choices());
      written = BodyWriter.write(request.conversation(), "m", ThinkingTable.USUAL, Map.of()).body();
    } catch (RequestFault refused) {
      assertThat(refused.refusal().sentence()).isNotEmpty();
      return;
    }
    GeminiRequest again = GeminiRequest.parse("m", AnswerShape.DOCUMENT, written);
    assertThat(
            text(BodyWriter.write(again.conversation(), "m", ThinkingTable.USUAL, Map.of()).body()))
        .isEqualTo(text(written));
  }

  @FuzzTest(maxDuration = "2m")
  void a_stream_passes_and_counts_the_same_however_it_is_cut(byte[] stream) {
    for (AnswerShape shape : new AnswerShape[] {AnswerShape.EVENTS, AnswerShape.ARRAY}) {
      sameWhenCut(call(shape).stream(TERMS), call(shape).stream(TERMS), stream);
      sameWhenCut(translated(shape), translated(shape), stream);
    }
  }

  @FuzzTest(maxDuration = "2m")
  void an_answer_passes_whole_and_costs_no_less_than_nothing(byte[] answer) {
    WholeAnswer read = call(AnswerShape.DOCUMENT).whole(answer, TERMS);
    assertThat(read.charged().usage().total()).isNotNegative();
    for (AnswerShape shape : AnswerShape.values()) {
      WholeAnswer other = call(shape).whole(answer, TERMS);
      assertThat(other.verdict()).isEqualTo(read.verdict());
      if (read.verdict() instanceof AnswerVerdict.Answer) {
        // whatever form it came in, it reads as an answer in each
        AnswerVerdict again = call(AnswerShape.DOCUMENT).whole(other.body(), TERMS).verdict();
        assertThat(again).isInstanceOfAny(AnswerVerdict.Answer.class, AnswerVerdict.Empty.class);
      }
    }
  }

  @FuzzTest(maxDuration = "2m")
  void an_upstreams_error_is_passed_on_as_an_error(byte[] body) {
    ErrorAnswer answer = passedOn(body);
    assertThat(text(passedOn(answer.body()).body())).isEqualTo(text(answer.body()));
  }

  private static ErrorAnswer passedOn(byte[] body) {
    return Given.ERRORS.of(GeminiFaults.cleaned(500, body, AccountTraces.UNKNOWN)).answer();
  }

  private static void sameWhenCut(StreamTap whole, StreamTap cut, byte[] stream) {
    ByteArrayOutputStream atOnce = new ByteArrayOutputStream();
    atOnce.writeBytes(whole.accept(stream));
    atOnce.writeBytes(whole.finish());
    ByteArrayOutputStream singly = new ByteArrayOutputStream();
    for (int i = 0; i < stream.length; i++) {
      singly.writeBytes(cut.accept(Arrays.copyOfRange(stream, i, i + 1)));
    }
    singly.writeBytes(cut.finish());
    assertThat(singly.toByteArray()).isEqualTo(atOnce.toByteArray());
    assertThat(cut.charged().usage()).isEqualTo(whole.charged().usage());
  }

  private static GeminiCall call(AnswerShape shape) {
    return new GeminiCall(Given.content(shape, BODY), "m");
  }

  private static StreamTap translated(AnswerShape shape) {
    return new TranslatedStream(
        new GeminiAnswerReader(TERMS), Given.content(shape, BODY).answerWriter(TERMS), TERMS);
  }
}
