package io.tollgate.relay.protocols;

import io.tollgate.relay.protocols.forms.FormBody;
import java.util.List;
import java.util.Optional;

/**
 * One request in the form that its upstream reads, and the reader of its answers, which turns them
 * into what the caller asked for. Immutable.
 */
public interface UpstreamCall {
  /** Path below the account's base URL, its query included. */
  String path();

  /** Headers of this request, beside those of the account. */
  List<Header> headers();

  /** The body; not to be changed. Without bytes where it is a {@link #form}. */
  byte[] body();

  /** A body that is sent from where it is kept, in place of {@link #body}. */
  default Optional<FormBody> form() {
    return Optional.empty();
  }

  /**
   * The same call without what we added to it for our own ends (such as asking for usage), when the
   * upstream's error is about that: to be tried once, at the same account.
   */
  Optional<UpstreamCall> withoutOurs(int status, byte[] errorBody);

  /**
   * Hints of the request that the upstream is not told, by the names that the caller gave them; no
   * answer is wrong for lack of them.
   */
  default List<String> dropped() {
    return List.of();
  }

  /** Whether the upstream keeps the answer, under an id that the caller is told. */
  default boolean keeps() {
    return false;
  }

  /** Reads an answer that is passed on as it comes; one for each answer. */
  StreamTap stream(AnswerTerms terms);

  /**
   * Judges an answer that was held back whole, JSON or a stream, and turns it into what the caller
   * asked for.
   *
   * @param body all that came; not to be changed
   */
  WholeAnswer whole(byte[] body, AnswerTerms terms);
}
