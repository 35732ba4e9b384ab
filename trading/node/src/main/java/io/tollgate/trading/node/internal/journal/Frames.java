package io.tollgate.trading.node.internal.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How records lie in the file: a mark, the length, a CRC-32C of the content, the content. By mark
 * and checksum a record is found again behind damage, which tells damage from a torn end.
 */
final class Frames {
  /** Bytes before the content. */
  static final int HEAD = 12;

  /** Of one record's content. */
  static final int MAX_CONTENT = 256 << 10;

  private static final int MARK = 0x5447_4a52;

  private Frames() {}

  static ByteBuffer of(byte[] content) {
    if (content.length > MAX_CONTENT) {
      throw new JournalException(
          "a record of " + content.length + " bytes (expected: at most " + MAX_CONTENT + ")");
    }
    ByteBuffer frame = ByteBuffer.allocate(HEAD + content.length);
    frame.putInt(MARK).putInt(content.length).putInt(checksum(ByteBuffer.wrap(content)));
    return frame.put(content).flip();
  }

  /** Length of the content of the whole record that begins there; negative where none does. */
  static int contentAt(ByteBuffer file, int position) {
    if (file.limit() - position < HEAD || file.getInt(position) != MARK) {
      return -1;
    }
    int length = file.getInt(position + 4);
    if (length < 0 || length > MAX_CONTENT || length > file.limit() - position - HEAD) {
      return -1;
    }
    int checksum = checksum(file.slice(position + HEAD, length));
    return checksum == file.getInt(position + 8) ? length : -1;
  }

  /** Whether any whole record begins behind a place. */
  static boolean anyAfter(ByteBuffer file, int position) {
    for (int at = position + 1; at <= file.limit() - HEAD; at++) {
      if (file.getInt(at) == MARK && contentAt(file, at) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static int checksum(ByteBuffer content) {
    CRC32C sum = new CRC32C();
    sum.update(content);
    return (int) sum.getValue();
  }
}
