package io.tollgate.metering.internal.meterlog;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The first 128 bytes of a segment.
 *
 * @param number of the segment, from 1, without gap
 * @param start position before its first record
 * @param bytes size of the segment, header included
 */
record SegmentHeader(LogIdentity identity, int number, LogPosition start, int bytes) {
  static final int SIZE = 128;
  static final int VERSION = 2;
  private static final long MAGIC = 0x5447_4D45_5445_520AL; // "TGMETER\n"
  private static final int VERSION_AT = Long.BYTES;
  private static final int KINDS_AT = 104;
  private static final int CHECKSUM_AT = SIZE - Integer.BYTES;

  static String fileName(int number) {
    return String.format("%08d", number) + FileLogStorage.SUFFIX;
  }

  /** The number in a segment's name. */
  static int number(String fileName) {
    return Integer.parseInt(fileName, 0, fileName.length() - FileLogStorage.SUFFIX.length(), 10);
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(SIZE);
    out.putLong(MAGIC).putShort((short) VERSION).putShort((short) 0).putInt(SIZE);
    put(out, identity.ledger());
    put(out, identity.log());
    put(out, identity.incarnation());
    put(out, identity.boot());
    out.putInt(identity.shard()).putInt(number);
    out.putLong(start.sequence() + 1).putInt(start.chain()).putInt(bytes);
    out.put(KINDS_AT, (byte) UsageBytes.MAX_NUMBER);
    out.putInt(CHECKSUM_AT, checksum(out.array()));
    return out.array();
  }

  /**
   * Why a segment cannot be read that begins so, if it was written by another build: another
   * version of the format, or kinds of usage that are not known here.
   */
  static Optional<String> otherBuild(byte[] data) {
    if (data.length < SIZE) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(data, 0, SIZE);
    if (in.getLong(0) != MAGIC || in.getInt(CHECKSUM_AT) != checksum(data)) {
      return Optional.empty();
    }
    if (in.getShort(VERSION_AT) != VERSION) {
      return Optional.of("version " + in.getShort(VERSION_AT) + " (expected: " + VERSION + ")");
    }
    return in.get(KINDS_AT) > UsageBytes.MAX_NUMBER
        ? Optional.of(
            "kinds of usage up to number "
                + in.get(KINDS_AT)
                + " (expected: at most "
                + UsageBytes.MAX_NUMBER
                + ")")
        : Optional.empty();
  }

  /** Nothing when the bytes are not a header that this build reads, or damaged. */
  static Optional<SegmentHeader> decode(byte[] data) {
    if (data.length < SIZE) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(data, 0, SIZE);
    if (in.getLong() != MAGIC
        || in.getShort() != VERSION
        || in.getShort() != 0
        || in.getInt() != SIZE
        || in.getInt(CHECKSUM_AT) != checksum(data)
        || in.get(KINDS_AT) > UsageBytes.MAX_NUMBER) {
      return Optional.empty();
    }
    UUID ledger = uuid(in);
    UUID log = uuid(in);
    UUID incarnation = uuid(in);
    UUID boot = uuid(in);
    int shard = in.getInt();
    int number = in.getInt();
    long first = in.getLong();
    int chain = in.getInt();
    int bytes = in.getInt();
    if (shard < 0 || number < 1 || first < 1 || bytes < SIZE) {
      return Optional.empty();
    }
    return Optional.of(
        new SegmentHeader(
            new LogIdentity(ledger, log, incarnation, boot, shard),
            number,
            new LogPosition(first - 1, chain),
            bytes));
  }

  private static int checksum(byte[] header) {
    CRC32C crc = new CRC32C();
    crc.update(header, 0, CHECKSUM_AT);
    return (int) crc.getValue();
  }

  private static void put(ByteBuffer out, UUID id) {
    out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private static UUID uuid(ByteBuffer in) {
    return new UUID(in.getLong(), in.getLong());
  }
}
