package io.tollgate.insight.internal.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A small number of a text, by which it is found among a hundred million: four bytes of each row
 * are looked at and not its text, which is compared where the numbers are equal. DuckDB computes
 * the same, so that rows of older files get theirs. MD5 guards nothing here.
 */
final class TextMark {
  private TextMark() {}

  /** From 0 on. */
  static int of(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return (int)
          (ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN).getLong(Long.BYTES) >>> 33);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("there is no MD5 (every Java platform has it)", e);
    }
  }

  /** The same of a column; null where that is. */
  static String sql(String column) {
    return "(md5_number_lower(" + column + ") >> 33)::INTEGER";
  }
}
