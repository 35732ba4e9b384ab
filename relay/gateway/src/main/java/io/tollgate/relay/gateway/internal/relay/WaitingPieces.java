package io.tollgate.relay.gateway.internal.relay;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Pieces of a stream that have arrived and have not been passed on. They come from one read, which
 * bounds them.
 */
final class WaitingPieces {
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private long bytes;

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** How much of them there is. */
  long bytes() {
    return bytes;
  }

  byte[] next() {
    byte[] piece = waiting.remove();
    bytes -= piece.length;
    return piece;
  }

  void clear() {
    waiting.clear();
    bytes = 0;
  }

  void add(byte[] piece) {
    waiting.add(piece);
    bytes += piece.length;
  }

  /** Adds it line by line, so that a stream can stop within it. */
  void addLines(byte[] piece) {
    int from = 0;
    for (int i = 0; i < piece.length; i++) {
      if (piece[i] == '\n') {
        add(Arrays.copyOfRange(piece, from, i + 1));
        from = i + 1;
      }
    }
    if (from < piece.length) {
      add(Arrays.copyOfRange(piece, from, piece.length));
    }
  }
}
