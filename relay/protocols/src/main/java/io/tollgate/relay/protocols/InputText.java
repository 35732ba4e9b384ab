package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What counts as input in a request's body: the places of its texts, and tokens that are known
 * without reading. Holds the body itself, not a copy; the body is not to be changed while counting.
 */
public final class InputText {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MAX_HASHED_BYTES = 512;
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  /** Texts remembered by their place; those beyond count by their bytes. */
  public static final int MAX_TEXTS = 4096;

  private final byte[] body;
  // pairs: first byte, byte after the last (its complement where the text holds escapes)
  private final int[] places;
  private final long fixedTokens;
  private final long otherBytes;
  // texts that begin the conversation: the system's, and what the user said first
  private final int opening;

  private InputText(byte[] body, int[] places, long fixedTokens, long otherBytes, int opening) {
    this.body = body;
    this.opening = opening;
    this.places = places;
    this.fixedTokens = fixedTokens;
    this.otherBytes = otherBytes;
  }

  /** Tokens beside the texts: framing of messages, images, sounds, files. */
  public long fixedTokens() {
    return fixedTokens;
  }

  /** Bytes of the texts beyond {@link #MAX_TEXTS}. */
  public long otherBytes() {
    return otherBytes;
  }

  /**
   * A number of the texts that begin the conversation, the same for each of its later requests; 0
   * where no such beginning was found.
   */
  public long openingHash() {
    long hash = 0;
    for (int i = 0; i < opening; i++) {
      int from = from(i);
      int to = Math.min(to(i), from + MAX_HASHED_BYTES);
      hash = hash * MIX + to(i) - from;
      int at = from;
      for (; at + Long.BYTES <= to; at += Long.BYTES) {
        hash = (hash ^ (long) LONGS.get(body, at)) * MIX;
        hash ^= hash >>> 32;
      }
      for (; at < to; at++) {
        hash = (hash ^ body[at]) * MIX;
      }
    }
    return hash ^ hash >>> 29;
  }

  byte[] body() {
    return body;
  }

  int texts() {
    return places.length / 2;
  }

  int from(int text) {
    return places[2 * text];
  }

  int to(int text) {
    int to = places[2 * text + 1];
    return to < 0 ? ~to : to;
  }

  boolean escaped(int text) {
    return places[2 * text + 1] < 0;
  }

  /** Collects while a body is parsed. Not thread-safe. */
  public static final class Collector {
    private final byte[] body;
    private int[] places = new int[16];
    private int used;
    private long fixedTokens;
    private long otherBytes;
    private int opening;

    public Collector(byte[] body) {
      this.body = requireNonNull(body, "body is null");
    }

    /** A text at this place of the body. */
    public void text(int from, int to, boolean escaped) {
      if (from == to) {
        return;
      }
      if (used == 2 * MAX_TEXTS) {
        otherBytes += to - from;
        return;
      }
      if (used == places.length) {
        places = Arrays.copyOf(places, used * 2);
      }
      places[used++] = from;
      places[used++] = escaped ? ~to : to;
    }

    /** Tokens that need no reading. */
    public void tokens(long tokens) {
      fixedTokens += tokens;
    }

    /** What the user said first has been collected; told again it changes nothing. */
    public void opened() {
      if (opening == 0) {
        opening = used / 2;
      }
    }

    public InputText collected() {
      return new InputText(body, Arrays.copyOf(places, used), fixedTokens, otherBytes, opening);
    }
  }
}
