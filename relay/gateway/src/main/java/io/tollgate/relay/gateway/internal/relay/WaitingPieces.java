package io.tollgate.relay.gateway.internal.relay;

import io.tollgate.relay.gateway.internal.loop.RequestResources;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Pieces of a stream that have arrived and have not been passed on. They come from one read, which
 * bounds them; where they wait longer than that read they count among what all requests keep in
 * memory.
 */
final class WaitingPieces {
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private final RequestResources resources;
  private long bytes;
  private long held;

  WaitingPieces(RequestResources resources) {
    this.resources = resources;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  byte[] next() {
    byte[] piece = waiting.remove();
    bytes -= piece.length;
    return piece;
  }

  void clear() {
    waiting.clear();
    bytes = 0;
    release();
  }

  /**
   * Takes memory for all that waits now, and gives back what is too much.
   *
   * @param more bytes that wait elsewhere
   * @return false when there is no memory for it
   */
  boolean hold(long more) {
    long wanted = bytes + more;
    if (wanted > held) {
      if (!resources.tryTakeMemory(wanted - held)) {
        return false;
      }
    } else {
      resources.giveMemory(held - wanted);
    }
    held = wanted;
    return true;
  }

  /** Gives back the memory that was taken for what waited. */
  void release() {
    if (held > 0) {
      resources.giveMemory(held);
      held = 0;
    }
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
