package io.tollgate.relay.protocols.gemini;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.FetchedMedia;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.UpstreamProtocol;
import io.tollgate.relay.protocols.conversation.ConversationRequest;
import io.tollgate.relay.protocols.embeddings.EmbeddingsCall;
import io.tollgate.relay.protocols.embeddings.EmbeddingsRequest;
import io.tollgate.relay.protocols.embeddings.TextsToEmbed;
import io.tollgate.relay.protocols.embeddings.VectorsReader;
import io.tollgate.relay.protocols.gemini.answer.GeminiAnswerReader;
import io.tollgate.relay.protocols.gemini.answer.GeminiFaults;
import io.tollgate.relay.protocols.gemini.answer.GeminiVectors;
import io.tollgate.relay.protocols.gemini.request.BodyWriter;
import io.tollgate.relay.protocols.gemini.request.EmbedBody;
import io.tollgate.relay.protocols.gemini.request.MediaAddresses;
import io.tollgate.relay.protocols.internal.answers.TranslatedCall;
import java.util.List;
import java.util.Map;

/** Providers that speak Gemini's protocol. */
public final class GeminiUpstream implements UpstreamProtocol {
  private static final VectorsReader VECTORS = new GeminiVectors();

  private final ThinkingTable thinking;

  /**
   * @param thinking how many tokens of thinking a word for its effort stands for
   */
  public GeminiUpstream(ThinkingTable thinking) {
    this.thinking = requireNonNull(thinking, "thinking is null");
  }

  @Override
  public Protocol protocol() {
    return Protocol.GEMINI;
  }

  @Override
  public List<Header> accountHeaders(String key) {
    return List.of(new Header("x-goog-api-key", key));
  }

  @Override
  public UpstreamCall call(CallerRequest request, String upstreamModel) {
    return call(request, upstreamModel, Map.of());
  }

  /** All addresses but those of Google's own files. */
  @Override
  public List<String> toFetch(CallerRequest request) {
    return switch (request) {
      case ContentRequest _ -> List.of();
      case ConversationRequest other -> MediaAddresses.toFetch(other.conversation());
      default -> List.of();
    };
  }

  @Override
  public UpstreamCall call(
      CallerRequest request, String upstreamModel, Map<String, FetchedMedia> fetched) {
    return switch (request) {
      case ContentRequest own -> new GeminiCall(own, upstreamModel);
      case EmbedRequest own ->
          EmbeddingsCall.own(own.path(upstreamModel), own.bodyFor(upstreamModel), VECTORS);
      case EmbeddingsRequest other -> vectors(other, upstreamModel);
      case ConversationRequest other -> translated(other, upstreamModel, fetched);
      default ->
          throw new IllegalArgumentException(
              "request of " + request.protocol().code() + " (expected: a conversation)");
    };
  }

  private static UpstreamCall vectors(EmbeddingsRequest request, String upstreamModel) {
    TextsToEmbed asked = request.texts();
    return EmbeddingsCall.translated(
        GeminiPath.of(upstreamModel, EmbedRequest.action(true)),
        EmbedBody.written(asked, upstreamModel),
        VECTORS,
        request,
        asked);
  }

  private UpstreamCall translated(
      ConversationRequest request, String upstreamModel, Map<String, FetchedMedia> fetched) {
    BodyWriter.Written written =
        BodyWriter.write(request.conversation(), upstreamModel, thinking, fetched);
    return new TranslatedCall(
        request,
        GeminiPath.of(upstreamModel, request.stream()),
        List.of(),
        written.body(),
        written.dropped(),
        GeminiAnswerReader::new);
  }

  @Override
  public UpstreamFault fault(int status, byte[] body, AccountTraces traces) {
    return GeminiFaults.cleaned(status, body, traces);
  }
}
