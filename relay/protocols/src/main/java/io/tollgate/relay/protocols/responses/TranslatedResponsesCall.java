package io.tollgate.relay.protocols.responses;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.conversation.ConversationRequest;
import io.tollgate.relay.protocols.internal.answers.TranslatedCall;
import io.tollgate.relay.protocols.responses.answer.ResponsesAnswerReader;
import io.tollgate.relay.protocols.responses.request.ConversationWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A conversation of another protocol's caller, as a request for a response. */
final class TranslatedResponsesCall implements UpstreamCall {
  private final ConversationRequest request;
  private final String upstreamModel;
  private final ThinkingTable thinking;
  private final UpstreamCall call;
  private final boolean keepsThoughts;

  private TranslatedResponsesCall(
      ConversationRequest request,
      String upstreamModel,
      ThinkingTable thinking,
      boolean keepThoughts) {
    this.thinking = requireNonNull(thinking, "thinking is null");
    this.request = requireNonNull(request, "request is null");
    this.upstreamModel = requireNonNull(upstreamModel, "upstreamModel is null");
    ConversationWriter writer =
        new ConversationWriter(request.conversation(), upstreamModel, thinking, keepThoughts);
    byte[] body = writer.body();
    keepsThoughts = writer.keepsThoughts();
    call =
        new TranslatedCall(
            request,
            "/responses",
            List.of(),
            body,
            writer.dropped(),
            terms -> new ResponsesAnswerReader(terms.traces(), false));
  }

  static TranslatedResponsesCall of(
      ConversationRequest request, String upstreamModel, ThinkingTable thinking) {
    return new TranslatedResponsesCall(request, upstreamModel, thinking, true);
  }

  @Override
  public String path() {
    return call.path();
  }

  @Override
  public List<Header> headers() {
    return call.headers();
  }

  @Override
  public byte[] body() {
    return call.body();
  }

  @Override
  public List<String> dropped() {
    return call.dropped();
  }

  /** Models that do not think refuse to be asked for their thoughts. */
  @Override
  public Optional<UpstreamCall> withoutOurs(int status, byte[] errorBody) {
    boolean refused = status == 400 || status == 422;
    if (!keepsThoughts || !refused) {
      return Optional.empty();
    }
    String error = new String(errorBody, StandardCharsets.ISO_8859_1);
    return error.contains("include") || error.toLowerCase(Locale.ROOT).contains("encrypted")
        ? Optional.of(new TranslatedResponsesCall(request, upstreamModel, thinking, false))
        : Optional.empty();
  }

  @Override
  public StreamTap stream(AnswerTerms terms) {
    return call.stream(terms);
  }

  @Override
  public WholeAnswer whole(byte[] answer, AnswerTerms terms) {
    return call.whole(answer, terms);
  }
}
