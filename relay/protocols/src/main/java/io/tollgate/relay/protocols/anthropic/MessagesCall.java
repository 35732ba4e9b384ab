package io.tollgate.relay.protocols.anthropic;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.anthropic.answer.AnthropicAnswerReader;
import io.tollgate.relay.protocols.anthropic.answer.OwnBlocks;
import io.tollgate.relay.protocols.anthropic.request.MessagesRequest;
import io.tollgate.relay.protocols.internal.answers.PassedStream;
import io.tollgate.relay.protocols.internal.answers.ReadAnswer;
import java.util.List;
import java.util.Optional;

/** A messages request for an upstream of the same protocol: its bytes pass as they are. */
final class MessagesCall implements UpstreamCall {
  private final MessagesRequest request;
  private final byte[] body;

  MessagesCall(MessagesRequest request, String upstreamModel) {
    this.request = requireNonNull(request, "request is null");
    this.body = request.bodyFor(upstreamModel);
  }

  @Override
  public String path() {
    return request.path(AnthropicUpstream.PATH);
  }

  @Override
  public List<Header> headers() {
    return request.headers();
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
    OwnBlocks blocks = OwnBlocks.passing();
    return new PassedStream(
        AnthropicAnswerReader.own(terms, blocks), request.answerWriter(terms, blocks), terms, true);
  }

  @Override
  public WholeAnswer whole(byte[] answer, AnswerTerms terms) {
    OwnBlocks blocks = OwnBlocks.collecting();
    return new ReadAnswer(
        AnthropicAnswerReader.own(terms, blocks),
        request.answerWriter(terms, blocks),
        terms,
        answer,
        true);
  }
}
