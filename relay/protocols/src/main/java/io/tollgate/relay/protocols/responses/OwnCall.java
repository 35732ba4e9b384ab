package io.tollgate.relay.protocols.responses;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.internal.answers.PassedStream;
import io.tollgate.relay.protocols.internal.answers.ReadAnswer;
import io.tollgate.relay.protocols.responses.answer.ResponsesAnswerReader;
import io.tollgate.relay.protocols.responses.request.ResponsesRequest;
import java.util.List;
import java.util.Optional;

/** A response for an upstream of the same protocol: its bytes pass as they are. */
final class OwnCall implements UpstreamCall {
  /** Largest event that is read: the last one holds all that was said, and what was asked. */
  static final int MAX_EVENT_BYTES = 32 * 1024 * 1024;

  private final ResponsesRequest request;
  private final byte[] body;

  OwnCall(ResponsesRequest request, String upstreamModel) {
    this.request = requireNonNull(request, "request is null");
    this.body = request.bodyFor(upstreamModel);
  }

  @Override
  public String path() {
    return "/responses";
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
  public boolean keeps() {
    return request.stored();
  }

  @Override
  public StreamTap stream(AnswerTerms terms) {
    ResponsesAnswerReader reader = new ResponsesAnswerReader(terms.traces(), true);
    return PassedStream.ofLargeEvents(
        reader, request.writerGoingOn(terms, reader.names()), terms, MAX_EVENT_BYTES);
  }

  @Override
  public WholeAnswer whole(byte[] answer, AnswerTerms terms) {
    ResponsesAnswerReader reader = new ResponsesAnswerReader(terms.traces(), true);
    reader.names().keepWhole();
    return new ReadAnswer(
        reader, request.writerGoingOn(terms, reader.names()), terms, answer, true);
  }
}
