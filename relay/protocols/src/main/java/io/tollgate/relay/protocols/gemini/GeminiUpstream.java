package io.tollgate.relay.protocols.gemini;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.FetchedMedia;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.UpstreamProtocol;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.ConversationRequest;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.gemini.answer.GeminiAnswerReader;
import io.tollgate.relay.protocols.gemini.answer.GeminiFaults;
import io.tollgate.relay.protocols.gemini.request.BodyWriter;
import io.tollgate.relay.protocols.gemini.request.MediaAddresses;
import io.tollgate.relay.protocols.gemini.request.ThinkingTable;
import io.tollgate.relay.protocols.internal.answers.TranslatedCall;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Providers that speak Gemini's protocol. */
public final class GeminiUpstream implements UpstreamProtocol {
  private final ThinkingTable thinking;

  public GeminiUpstream() {
    this(ThinkingTable.USUAL);
  }

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
    return switch (request) {
      case ContentRequest own -> new GeminiCall(own, upstreamModel);
      case ConversationRequest other ->
          translated(other, other.conversation(), upstreamModel, Map.of());
      default ->
          throw new IllegalArgumentException(
              "request of " + request.protocol().code() + " (expected: a conversation)");
    };
  }

  @Override
  public List<String> toFetch(CallerRequest request) {
    return request instanceof ConversationRequest other && !(request instanceof ContentRequest)
        ? MediaAddresses.toFetch(other.conversation()).stream().map(JsonString::text).toList()
        : List.of();
  }

  @Override
  public UpstreamCall call(
      CallerRequest request, String upstreamModel, Map<String, FetchedMedia> fetched) {
    if (fetched.isEmpty() || !(request instanceof ConversationRequest other)) {
      return call(request, upstreamModel);
    }
    Map<JsonString, Media.Inline> found = new HashMap<>();
    fetched.forEach(
        (address, media) ->
            found.put(
                JsonString.of(address),
                new Media.Inline(
                    media.type(),
                    JsonString.of(Base64.getEncoder().encodeToString(media.bytes())))));
    return translated(other, other.conversation(), upstreamModel, found);
  }

  /**
   * The addresses of pictures, documents and sounds that must be fetched before {@link #translated}
   * is called, as Gemini reads no address but those of Google's own files.
   */
  public static List<JsonString> toFetch(Conversation conversation) {
    return MediaAddresses.toFetch(conversation);
  }

  /**
   * The call that another protocol's request becomes.
   *
   * @param fetched what was found at the addresses of {@link #toFetch}; one that is missing is
   *     refused
   * @throws io.tollgate.relay.protocols.RequestFault when Gemini cannot be told what is asked for
   */
  public UpstreamCall translated(
      ConversationRequest request,
      Conversation conversation,
      String upstreamModel,
      Map<JsonString, Media.Inline> fetched) {
    BodyWriter.Written written = BodyWriter.write(conversation, upstreamModel, thinking, fetched);
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
