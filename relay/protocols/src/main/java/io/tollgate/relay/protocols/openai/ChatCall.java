package io.tollgate.relay.protocols.openai;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.SearchModels;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.openai.answer.ChatStreamTap;
import io.tollgate.relay.protocols.openai.answer.ChatWholeAnswer;
import io.tollgate.relay.protocols.openai.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A chat completion for an upstream of the same protocol: its bytes pass as they are. */
final class ChatCall implements UpstreamCall {
  static final String PATH = "/chat/completions";

  private static final byte[] OPTIONS = "stream_options".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FLAG = "include_usage".getBytes(StandardCharsets.US_ASCII);

  private final ChatRequest request;
  private final String upstreamModel;
  private final byte[] body;
  private final boolean asksForUsage;
  private final boolean searches;

  ChatCall(ChatRequest request, String upstreamModel) {
    this(request, upstreamModel, true);
  }

  private ChatCall(ChatRequest request, String upstreamModel, boolean askForUsage) {
    this.request = requireNonNull(request, "request is null");
    this.upstreamModel = requireNonNull(upstreamModel, "upstreamModel is null");
    this.body = request.bodyFor(upstreamModel, askForUsage);
    this.searches = request.searches() || SearchModels.isOne(upstreamModel);
    this.asksForUsage = askForUsage && request.stream() && !request.includeUsage();
  }

  @Override
  public String path() {
    return PATH;
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
    boolean refused = status == 400 || status == 422;
    return asksForUsage && refused && (names(errorBody, OPTIONS) || names(errorBody, FLAG))
        ? Optional.of(new ChatCall(request, upstreamModel, false))
        : Optional.empty();
  }

  private static boolean names(byte[] body, byte[] word) {
    for (int i = 0; i + word.length <= body.length; i++) {
      if (Arrays.equals(body, i, i + word.length, word, 0, word.length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public StreamTap stream(AnswerTerms terms) {
    ChatStreamTap tap =
        new ChatStreamTap(terms, request.model(), request.includeUsage(), request.errors());
    if (searches) {
      tap.presumeSearch();
    }
    return tap;
  }

  @Override
  public WholeAnswer whole(byte[] answer, AnswerTerms terms) {
    ChatWholeAnswer whole =
        new ChatWholeAnswer(terms, answer, request.stream(), request.includeUsage());
    if (searches) {
      whole.presumeSearch();
    }
    return whole;
  }
}
