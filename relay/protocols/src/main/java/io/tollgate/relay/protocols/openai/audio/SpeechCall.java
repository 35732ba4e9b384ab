package io.tollgate.relay.protocols.openai.audio;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.TypedCall;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.internal.pieces.ByteStream;
import io.tollgate.relay.protocols.internal.pieces.PieceStream;
import io.tollgate.relay.protocols.internal.pieces.TypedAnswer;
import java.util.List;
import java.util.Optional;

/** Text to be spoken: sound comes back, or events with sound in them. */
final class SpeechCall implements TypedCall {
  private static final String EVENTS = "text/event-stream";
  private static final List<Header> HEADERS = List.of(new Header("accept", "*/*"));

  private final byte[] body;
  private final OpenAiErrors errors;

  SpeechCall(byte[] body, OpenAiErrors errors) {
    this.body = requireNonNull(body, "body is null");
    this.errors = requireNonNull(errors, "errors is null");
  }

  @Override
  public String path() {
    return SpeechRoute.PATH;
  }

  @Override
  public List<Header> headers() {
    return HEADERS;
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public Optional<UpstreamCall> withoutOurs(int status, byte[] errorBody) {
    return Optional.empty();
  }

  @Override
  public boolean passes(String contentType) {
    return contentType.startsWith("audio/")
        || contentType.equals("application/octet-stream")
        || contentType.equals(EVENTS);
  }

  @Override
  public StreamTap stream(String contentType, AnswerTerms terms) {
    return contentType.startsWith(EVENTS)
        ? new PieceStream(terms, errors)
        : new ByteStream(contentType, terms);
  }

  @Override
  public WholeAnswer whole(byte[] answer, String contentType, AnswerTerms terms) {
    return new TypedAnswer(answer, contentType, false, terms);
  }
}
