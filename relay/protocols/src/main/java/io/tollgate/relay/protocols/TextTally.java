package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.JsonText;
import io.tollgate.relay.protocols.internal.tokens.PieceCounter;
import java.util.Arrays;

/**
 * Counts the tokens of one text that arrives in parts. Adding is cheap: parts are only kept, and
 * counted when enough are there or when asked. Memory is bounded. Not thread-safe.
 */
public final class TextTally {
  /** Text kept uncounted, bytes. */
  static final int MAX_KEPT = 2 * 1024;

  private static final int LONGEST_WORD = 256;

  private final TokenCounter counter;
  private final String model;
  private byte[] kept = new byte[256];
  private int used;
  private long counted;
  private long bytes;

  TextTally(TokenCounter counter, String model) {
    this.counter = requireNonNull(counter, "counter is null");
    this.model = requireNonNull(model, "model is null");
  }

  /** Adds the inside of a JSON string. */
  public void add(byte[] source, int from, int to, boolean escaped) {
    int length = to - from;
    if (length > MAX_KEPT - LONGEST_WORD) {
      addLarge(source, from, to, escaped);
      return;
    }
    if (used + length > kept.length) {
      makeRoom(length);
    }
    int before = used;
    if (escaped) {
      used = JsonText.unescape(source, from, to, kept, used);
    } else {
      System.arraycopy(source, from, kept, used, length);
      used += length;
    }
    bytes += used - before;
  }

  /** Bytes of text so far. */
  public long bytes() {
    return bytes;
  }

  /** A free estimate of the tokens so far, usually some hundred above {@link #tokens}. */
  public long roughly() {
    return counted + PieceCounter.third(used);
  }

  /** Tokens so far; counts what is kept, some microseconds. */
  public long tokens() {
    return used == 0 ? counted : counted + counter.count(model, kept, 0, used);
  }

  private void makeRoom(int length) {
    if (used + length > MAX_KEPT) {
      countKept();
    }
    if (used + length > kept.length) {
      int size = Math.max(used + length, Math.min(MAX_KEPT, kept.length * 4));
      kept = Arrays.copyOf(kept, size);
    }
  }

  /**
   * Counts up to the last space, so that no word is cut in two, or all where there is none near.
   */
  private void countKept() {
    int to = used;
    while (to > used - LONGEST_WORD && to > 1 && kept[to - 1] != ' ') {
      to--;
    }
    to = to > 1 && kept[to - 1] == ' ' ? to - 1 : used;
    counted += counter.count(model, kept, 0, to);
    System.arraycopy(kept, to, kept, 0, used - to);
    used -= to;
  }

  private void addLarge(byte[] source, int from, int to, boolean escaped) {
    counted = tokens();
    used = 0;
    byte[] plain = escaped ? new byte[to - from] : source;
    int start = escaped ? 0 : from;
    int end = escaped ? JsonText.unescape(source, from, to, plain, 0) : to;
    counted += counter.count(model, plain, start, end);
    bytes += end - start;
  }
}
