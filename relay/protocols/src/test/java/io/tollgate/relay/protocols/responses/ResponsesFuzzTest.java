package io.tollgate.relay.protocols.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.responses.request.ConversationWriter;
import io.tollgate.relay.protocols.responses.request.ResponsesRequest;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;

/**
 * Parsers take any bytes. Runs over its seeds only; to search on, run one of the tests with {@code
 * JAZZER_FUZZ=1} and {@code -Djazzer.hooks=true}.
 */
@Tag("slow")
class ResponsesFuzzTest {
  // bytes ÷ 3, which is quick and says the same at any cut
  private static final AnswerTerms TERMS =
      Said.terms(TokenCounter.loadingOn(task -> {}), UsageBounds.WIDEST);

  @FuzzTest(maxDuration = "2m")
  void a_request_is_read_or_refused_and_what_is_written_of_it_is_one(byte[] body) {
    ResponsesRequest request;
    try {
      request = ResponsesRequest.parse(body, Said.ERRORS);
    } catch (RequestFault refused) {
      assertThat(refused.refusal().sentence()).isNotEmpty();
      return;
    }
    requireJson(request.bodyFor("another-model"));
    try {
      byte[] written =
          new ConversationWriter(request.conversation(), "gpt-5", ThinkingTable.USUAL, true).body();
      requireJson(written);
    } catch (RequestFault refused) {
      assertThat(refused.refusal().sentence()).contains("expected");
    }
    requireJson(whole(translated(body), Said.response("completed", Said.message("x"), "null")));
  }

  @FuzzTest(maxDuration = "2m")
  void a_stream_passes_and_counts_the_same_however_it_is_cut(byte[] stream) {
    for (UpstreamCall call : new UpstreamCall[] {own(true), translated(true)}) {
      StreamTap whole = call.stream(TERMS);
      ByteArrayOutputStream atOnce = new ByteArrayOutputStream();
      atOnce.writeBytes(whole.accept(stream));
      atOnce.writeBytes(whole.finish());
      StreamTap cut = call.stream(TERMS);
      ByteArrayOutputStream singly = new ByteArrayOutputStream();
      for (int i = 0; i < stream.length; i++) {
        singly.writeBytes(cut.accept(Arrays.copyOfRange(stream, i, i + 1)));
      }
      singly.writeBytes(cut.finish());
      assertThat(singly.toByteArray()).isEqualTo(atOnce.toByteArray());
      assertThat(cut.charged().usage()).isEqualTo(whole.charged().usage());
      assertThat(cut.charged().usage().total()).isNotNegative();
    }
  }

  @FuzzTest(maxDuration = "2m")
  void an_answer_reads_the_same_in_each_form(byte[] answer) {
    WholeAnswer read = own(false).whole(answer, TERMS);
    WholeAnswer streamed = translated(true).whole(answer, TERMS);
    assertThat(streamed.charged().usage())
        .isEqualTo(translated(false).whole(answer, TERMS).charged().usage());
    assertThat(read.charged().usage().total()).isNotNegative();
    if (streamed.verdict() instanceof AnswerVerdict.Answer) {
      byte[] stream = streamed.body();
      assertThat(own(true).whole(stream, TERMS).verdict())
          .isInstanceOfAny(AnswerVerdict.Answer.class, AnswerVerdict.Empty.class);
    }
  }

  private static byte[] whole(UpstreamCall call, String answer) {
    return call.whole(Said.utf8(answer), TERMS).body();
  }

  private static UpstreamCall translated(byte[] body) {
    ResponsesRequest echoed = ResponsesRequest.parse(body, Said.ERRORS);
    return echoed.stream()
        ? translated(false)
        : new ResponsesUpstream(ThinkingTable.USUAL).call(echoed, "m");
  }

  private static UpstreamCall own(boolean stream) {
    return new ResponsesUpstream(ThinkingTable.USUAL).call(Said.request(body(stream)), "m");
  }

  private static UpstreamCall translated(boolean stream) {
    return TranslatedResponsesCall.of(Said.request(body(stream)), "m", ThinkingTable.USUAL);
  }

  private static String body(boolean stream) {
    return "{\"model\":\"m\",\"input\":\"x\",\"stream\":" + stream + "}";
  }

  private static void requireJson(byte[] document) {
    JsonScanner scanner = new JsonScanner(document, 0, document.length);
    scanner.skipRest(scanner.next());
    assertThat(scanner.next()).isEqualTo(JsonToken.END);
  }
}
