package io.tollgate.relay.protocols.embeddings;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import java.util.List;
import java.util.Optional;

/** A request for vectors as its provider is told it. */
public final class EmbeddingsCall implements UpstreamCall {
  private final String path;
  private final byte[] body;
  private final VectorsReader reader;
  private final Optional<EmbeddingsRequest> translated;
  private final int wanted;
  private final List<String> dropped;

  private EmbeddingsCall(
      String path,
      byte[] body,
      VectorsReader reader,
      Optional<EmbeddingsRequest> translated,
      int wanted,
      List<String> dropped) {
    this.path = requireNonNull(path, "path is null");
    this.body = requireNonNull(body, "body is null");
    this.reader = requireNonNull(reader, "reader is null");
    this.translated = translated;
    this.wanted = wanted;
    this.dropped = List.copyOf(dropped);
  }

  /** In the caller's own protocol: the answer passes as it is. */
  public static EmbeddingsCall own(String path, byte[] body, VectorsReader reader) {
    return new EmbeddingsCall(path, body, reader, Optional.empty(), 0, List.of());
  }

  /** In another protocol than the caller's. */
  public static EmbeddingsCall translated(
      String path,
      byte[] body,
      VectorsReader reader,
      EmbeddingsRequest request,
      TextsToEmbed texts) {
    return new EmbeddingsCall(
        path, body, reader, Optional.of(request), texts.texts().size(), texts.hints());
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
  public List<String> dropped() {
    return dropped;
  }

  @Override
  public Optional<UpstreamCall> withoutOurs(int status, byte[] errorBody) {
    return Optional.empty();
  }

  /** Such requests ask for no stream. */
  @Override
  public StreamTap stream(AnswerTerms terms) {
    throw new IllegalStateException(path + " is not streamed");
  }

  @Override
  public WholeAnswer whole(byte[] answer, AnswerTerms terms) {
    return new EmbeddingsAnswer(answer, terms, reader, translated, wanted);
  }
}
