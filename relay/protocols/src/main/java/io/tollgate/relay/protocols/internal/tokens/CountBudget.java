package io.tollgate.relay.protocols.internal.tokens;

/**
 * Bounds how much of one request is counted exactly, so that counting stays within some
 * milliseconds whatever it is given. Used up as it counts; not thread-safe.
 */
public final class CountBudget {
  /** Bytes counted exactly. */
  public static final int MAX_BYTES = 256 * 1024;

  /** Pieces asked of the tokenizer, one to three microseconds each; known ones cost nothing. */
  public static final int MAX_UNKNOWN_PIECES = 2048;

  int bytes = MAX_BYTES;
  int unknownPieces = MAX_UNKNOWN_PIECES;
}
