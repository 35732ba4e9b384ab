package io.tollgate.relay.protocols.gemini;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.gemini.answer.ArrayStream;
import io.tollgate.relay.protocols.gemini.answer.GeminiAnswerReader;
import io.tollgate.relay.protocols.gemini.request.AnswerShape;
import io.tollgate.relay.protocols.internal.answers.PassedStream;
import io.tollgate.relay.protocols.internal.answers.ReadAnswer;
import java.util.List;
import java.util.Optional;

/** A request for content for an upstream of the same protocol: its bytes pass as they are. */
final class GeminiCall implements UpstreamCall {
  private final ContentRequest request;
  private final String path;
  private final byte[] body;

  GeminiCall(ContentRequest request, String upstreamModel) {
    this.request = requireNonNull(request, "request is null");
    this.path = GeminiPath.of(upstreamModel, request.stream());
    this.body = request.request().ownBody();
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public List<Header> headers() {
    return List.of();
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
  public StreamTap stream(AnswerTerms terms) {
    StreamTap events =
        new PassedStream(
            new GeminiAnswerReader(terms),
            request.answerWriter(AnswerShape.EVENTS, terms),
            terms,
            false);
    return request.request().shape() == AnswerShape.ARRAY ? new ArrayStream(events) : events;
  }

  @Override
  public WholeAnswer whole(byte[] answer, AnswerTerms terms) {
    // events are asked for, so a stream that comes is never the array
    boolean sameForm = request.request().shape() != AnswerShape.ARRAY;
    return new ReadAnswer(
        new GeminiAnswerReader(terms), request.answerWriter(terms), terms, answer, sameForm);
  }
}
