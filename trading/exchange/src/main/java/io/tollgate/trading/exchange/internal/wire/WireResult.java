package io.tollgate.trading.exchange.internal.wire;

import java.util.Map;
import java.util.Optional;

/** What came of a call. */
public sealed interface WireResult {
  /**
   * An answer, whole.
   *
   * @param headers by name in small letters; without those that came twice and say different things
   */
  record Answered(int status, Map<String, String> headers, String body) implements WireResult {
    /** A line of its head. */
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  /** No connection: no byte of it was sent. */
  record NotSent(String why) implements WireResult {}

  /** It may have been sent, and there is no answer, or no whole one. */
  record NoAnswer(String why) implements WireResult {}
}
