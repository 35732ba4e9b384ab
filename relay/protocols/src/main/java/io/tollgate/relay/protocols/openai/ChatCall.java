package io.tollgate.relay.protocols.openai;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import java.util.List;
import java.util.Optional;

/** A chat completion asked of an upstream that speaks the same: bytes pass as they are. */
final class ChatCall implements UpstreamCall {
  private final ChatRequest request;
  private final byte[] body;

  ChatCall(ChatRequest request, String upstreamModel) {
    this.request = requireNonNull(request, "request is null");
    this.body = request.bodyFor(upstreamModel);
  }

  @Override
  public String path() {
    return "/chat/completions";
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
    return new ChatStreamTap(terms, request.model(), request.includeUsage(), request.errors());
  }

  @Override
  public WholeAnswer whole(byte[] answer, AnswerTerms terms) {
    return new ChatWholeAnswer(terms, answer);
  }
}
