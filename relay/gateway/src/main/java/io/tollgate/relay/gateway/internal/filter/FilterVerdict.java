package io.tollgate.relay.gateway.internal.filter;

/** What a filter said. */
public sealed interface FilterVerdict {
  /** It goes on. */
  record Allow() implements FilterVerdict {}

  /**
   * It does not.
   *
   * @param message for the caller
   */
  record Refuse(String message) implements FilterVerdict {}

  /** A request goes on with another body, which is not to be changed. */
  record Rewrite(byte[] body) implements FilterVerdict {}

  /**
   * It said nothing that can be understood, or nothing at all.
   *
   * @param what why, for the log
   */
  record Failed(String what) implements FilterVerdict {}
}
