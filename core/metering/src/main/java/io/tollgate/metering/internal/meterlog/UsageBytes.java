package io.tollgate.metering.internal.meterlog;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import java.nio.ByteBuffer;

/**
 * A usage in a meter log: one byte that counts its kinds, and for each, in the order of the kinds,
 * its number in one byte and how much in one to five bytes, seven bits each, the lowest first, the
 * highest bit set on all but the last. Kinds of which there is nothing are left out.
 */
final class UsageBytes {
  /** More kinds than there are; the largest record has room for them. */
  static final int MAX_KINDS = 24;

  /** No count is above 2^35: {@link TokenUsage} sees to that. */
  private static final int MAX_COUNT_BYTES = 5;

  static final int MAX = 1 + MAX_KINDS * (1 + MAX_COUNT_BYTES);

  /** The largest number that a kind of this build has. */
  static final int MAX_NUMBER =
      UsageKind.all().stream().mapToInt(UsageKind::number).max().orElseThrow();

  private UsageBytes() {}

  static void write(TokenUsage usage, ByteBuffer out) {
    out.put((byte) usage.kinds());
    usage.forEach(
        (kind, count) -> {
          out.put((byte) kind.number());
          long left = count;
          while (left > 0x7F) {
            out.put((byte) (left | 0x80));
            left >>>= 7;
          }
          out.put((byte) left);
        });
  }

  /**
   * Reads a usage.
   *
   * @throws RuntimeException when none was written there
   */
  static TokenUsage read(ByteBuffer in) {
    int kinds = in.get();
    if (kinds < 0 || kinds > MAX_KINDS) {
      throw new IllegalArgumentException(
          "kinds of usage: " + kinds + " (expected: 0 to " + MAX_KINDS + ")");
    }
    TokenUsage.Builder usage = TokenUsage.builder();
    for (int i = 0; i < kinds; i++) {
      int number = in.get();
      UsageKind kind =
          UsageKind.byNumber(number)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "kind of usage: " + number + " (expected: 1 to " + MAX_NUMBER + ")"));
      if (usage.count(kind) != 0) {
        throw new IllegalArgumentException(
            "kind of usage: " + kind.code() + " is there twice (expected: once)");
      }
      usage.add(kind, count(in));
    }
    return usage.build();
  }

  private static long count(ByteBuffer in) {
    long count = 0;
    for (int i = 0; i < MAX_COUNT_BYTES; i++) {
      byte next = in.get();
      count |= (long) (next & 0x7F) << (7 * i);
      if (next >= 0) {
        if (next == 0) {
          throw new IllegalArgumentException("count with zeros on top (expected: none, and not 0)");
        }
        return count;
      }
    }
    throw new IllegalArgumentException(
        "count of more than " + MAX_COUNT_BYTES + " bytes (expected: at most as many)");
  }
}
