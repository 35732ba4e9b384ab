package io.tollgate.relay.protocols.internal.answers;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.conversation.AnswerReader;
import io.tollgate.relay.protocols.conversation.ConversationRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A conversation's request for an upstream of another protocol than its caller's. Immutable. */
public final class TranslatedCall implements UpstreamCall {
  private final ConversationRequest request;
  private final String path;
  private final List<Header> headers;
  private final byte[] body;
  private final List<String> dropped;
  private final Function<AnswerTerms, AnswerReader> reader;

  /**
   * @param path below the account's base URL
   * @param headers of this request, beside those of the account
   * @param body as the upstream reads it; not to be changed
   * @param dropped hints that it is not told, as the caller named them
   * @param reader makes a reader of its answers; one for each
   */
  public TranslatedCall(
      ConversationRequest request,
      String path,
      List<Header> headers,
      byte[] body,
      List<String> dropped,
      Function<AnswerTerms, AnswerReader> reader) {
    this.request = requireNonNull(request, "request is null");
    this.path = requireNonNull(path, "path is null");
    this.headers = List.copyOf(headers);
    this.body = requireNonNull(body, "body is null");
    this.dropped = List.copyOf(dropped);
    this.reader = requireNonNull(reader, "reader is null");
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public List<Header> headers() {
    return headers;
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

  @Override
  public StreamTap stream(AnswerTerms terms) {
    return new TranslatedStream(reader.apply(terms), request.answerWriter(terms), terms);
  }

  @Override
  public WholeAnswer whole(byte[] answer, AnswerTerms terms) {
    return new ReadAnswer(reader.apply(terms), request.answerWriter(terms), terms, answer, false);
  }
}
