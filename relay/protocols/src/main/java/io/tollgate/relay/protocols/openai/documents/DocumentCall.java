package io.tollgate.relay.protocols.openai.documents;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import java.util.List;
import java.util.Optional;

/** A request for a document, as it came. */
final class DocumentCall implements UpstreamCall {
  private final DocumentKind kind;
  private final byte[] body;

  DocumentCall(DocumentKind kind, byte[] body) {
    this.kind = requireNonNull(kind, "kind is null");
    this.body = requireNonNull(body, "body is null");
  }

  @Override
  public String path() {
    return kind.path();
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

  /** Such requests ask for no stream. */
  @Override
  public StreamTap stream(AnswerTerms terms) {
    throw new IllegalStateException(kind.path() + " is not streamed");
  }

  @Override
  public WholeAnswer whole(byte[] answer, AnswerTerms terms) {
    return new DocumentAnswer(kind, answer, terms);
  }
}
