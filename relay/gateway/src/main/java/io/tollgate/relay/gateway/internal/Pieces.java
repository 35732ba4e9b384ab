package io.tollgate.relay.gateway.internal;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Pieces of a stream that have arrived and not passed yet: those of one read, so they are bounded.
 */
final class Pieces {
  private final Deque<byte[]> waiting = new ArrayDeque<>();

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  byte[] next() {
    return waiting.remove();
  }

  void clear() {
    waiting.clear();
  }

  void add(byte[] piece) {
    waiting.add(piece);
  }

  /** Adds it line by line, so that a stream can stop within it. */
  void addLines(byte[] piece) {
    int from = 0;
    for (int i = 0; i < piece.length; i++) {
      if (piece[i] == '\n') {
        waiting.add(Arrays.copyOfRange(piece, from, i + 1));
        from = i + 1;
      }
    }
    if (from < piece.length) {
      waiting.add(Arrays.copyOfRange(piece, from, piece.length));
    }
  }
}
