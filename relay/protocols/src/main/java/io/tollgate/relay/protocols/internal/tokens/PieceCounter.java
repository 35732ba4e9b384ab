package io.tollgate.relay.protocols.internal.tokens;

import static java.util.Objects.requireNonNull;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts tokens piece by piece and remembers how many tokens a piece is: words repeat, so that
 * counting a kilobyte costs some microseconds where the tokenizer alone takes some tens. Safe on
 * any thread: an entry is one long, and losing a race only means asking the tokenizer again.
 */
public final class PieceCounter {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;
  private static final int SIZE = 1 << 14;

  private final Encoding encoding;
  private final PieceSplit split;
  // upper 56 bits: of the piece's hash; lower 8: its tokens
  private final AtomicLongArray known = new AtomicLongArray(SIZE);

  PieceCounter(Encoding encoding, PieceSplit split) {
    this.encoding = requireNonNull(encoding, "encoding is null");
    this.split = split;
  }

  /** Loads o200k_base; takes some tenths of a second and some 30 MB. */
  public static PieceCounter o200k() {
    return new PieceCounter(Vocabulary.load(EncodingType.O200K_BASE), PieceSplit.O200K);
  }

  /** Loads cl100k_base; takes some tenths of a second and some 15 MB. */
  public static PieceCounter cl100k() {
    return new PieceCounter(Vocabulary.load(EncodingType.CL100K_BASE), PieceSplit.CL100K);
  }

  /** Bytes ÷ 3, rounded up: the count where no tokenizer fits. */
  public static long third(long bytes) {
    return (bytes + 2) / 3;
  }

  /** Tokens of UTF-8 text; what the budget does not cover counts as bytes ÷ 3. */
  public long count(byte[] text, int from, int to, CountBudget budget) {
    int exactTo = (int) Math.min(to, (long) from + budget.bytes);
    long tokens = 0;
    int at = from;
    while (at < exactTo && budget.unknownPieces > 0) {
      int word = PieceSplit.endOfPlainWord(text, at, exactTo);
      int end = word > 0 ? word : split.endOfPiece(text, at, exactTo);
      long hash = hash(text, at, end);
      int slot = (int) (hash >>> 40) & (SIZE - 1);
      long entry = known.getOpaque(slot);
      if (((entry ^ hash) >>> 8) == 0) {
        tokens += entry & 0xFF;
      } else {
        budget.unknownPieces--;
        int count = encode(text, at, end);
        known.setOpaque(slot, hash & ~0xFFL | count);
        tokens += count;
      }
      at = end;
    }
    budget.bytes -= at - from;
    return tokens + third((long) to - at);
  }

  private int encode(byte[] text, int from, int to) {
    String piece = new String(text, from, to - from, StandardCharsets.UTF_8);
    return Math.min(0xFF, encoding.countTokensOrdinary(piece));
  }

  private static long hash(byte[] text, int from, int to) {
    long hash = (to - from) * MIX;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      hash = mix(hash ^ (long) LONGS.get(text, at));
    }
    return mix(hash ^ tail(text, at, to));
  }

  /** The last bytes, fewer than eight. */
  private static long tail(byte[] text, int from, int to) {
    if (from + 8 <= text.length) {
      return (long) LONGS.get(text, from) & ~(-1L << 8 * (to - from));
    }
    long tail = 0;
    for (int at = to - 1; at >= from; at--) {
      tail = tail << 8 | (text[at] & 0xFF);
    }
    return tail;
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 32) * MIX;
    return (mixed ^ mixed >>> 29) * 0xBF58_476D_1CE4_E5B9L;
  }
}
