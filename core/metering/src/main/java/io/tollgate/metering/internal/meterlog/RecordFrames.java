package io.tollgate.metering.internal.meterlog;

import io.tollgate.ground.ChargeId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Records as bytes, of one log. A frame is whole and of this log when its checksum fits, whatever
 * stands before it; that it continues what is before it is told by {@code previous}. Not safe for
 * several threads.
 */
final class RecordFrames {
  /** Bytes before a record's body. */
  static final int PREFIX = 56;

  /** Every frame starts and ends at a multiple of this. */
  static final int ALIGNMENT = 8;

  static final int RESULT_MAX = aligned(PREFIX + RecordBody.RESULT_MAX);
  static final int CLOSE_BYTES = PREFIX;

  /** Largest frame of any record. */
  static final int MAX = Math.max(RESULT_MAX, aligned(PREFIX + RecordBody.INTENT_MAX));

  private static final int CHECKSUM_AT = 4;
  private static final int COVERED_FROM = 8;

  private final byte[] seed;
  private final CRC32C crc = new CRC32C();

  RecordFrames(UUID log) {
    seed =
        ByteBuffer.allocate(16)
            .putLong(log.getMostSignificantBits())
            .putLong(log.getLeastSignificantBits())
            .array();
  }

  /**
   * A record as found.
   *
   * @param previous checksum of the record before it
   * @param chain its own checksum
   * @param forced every record up to this number was on disk when it was written
   * @param bytes length of its frame
   */
  record Frame(long sequence, int previous, int chain, long forced, int bytes, LogRecord record) {
    LogPosition position() {
      return new LogPosition(sequence, chain);
    }
  }

  /** The position before the first record. */
  LogPosition start() {
    crc.reset();
    crc.update(seed, 0, seed.length);
    return new LogPosition(0, (int) crc.getValue());
  }

  /** Appends a record to a buffer on the heap, and answers the position after it. */
  LogPosition write(LogRecord record, LogPosition before, long forced, ByteBuffer out) {
    int start = out.position();
    long sequence = before.sequence() + 1;
    UUID charge =
        switch (record) {
          case LogRecord.OfCharge of -> of.charge().value();
          case LogRecord.Close _ -> new UUID(0, 0);
        };
    out.position(start + COVERED_FROM);
    out.putInt(before.chain()).put(RecordBody.type(record)).position(start + 16);
    out.putLong(sequence)
        .putLong(forced)
        .putLong(charge.getMostSignificantBits())
        .putLong(charge.getLeastSignificantBits())
        .putLong(micros(record.at()));
    RecordBody.write(record, out);
    int end = out.position();
    int length = aligned(end - start);
    while (out.position() < start + length) {
      out.put((byte) 0);
    }
    out.put(start + 13, (byte) (start + length - end));
    out.putShort(start + 14, (short) 0);
    out.putInt(start, length);
    int chain = checksum(out.array(), out.arrayOffset() + start, length);
    out.putInt(start + CHECKSUM_AT, chain);
    return new LogPosition(sequence, chain);
  }

  /** The record that stands there, if there is one and it is whole. */
  Optional<Frame> read(byte[] data, int offset) {
    if (offset < 0 || data.length - offset < PREFIX) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(data);
    int length = in.getInt(offset);
    if (length < PREFIX
        || length > MAX
        || length % ALIGNMENT != 0
        || length > data.length - offset
        || in.getInt(offset + CHECKSUM_AT) != checksum(data, offset, length)) {
      return Optional.empty();
    }
    int padding = in.get(offset + 13);
    try {
      in.position(offset + PREFIX).limit(offset + length - padding);
      LogRecord record =
          RecordBody.read(
              in.get(offset + 12),
              new ChargeId(new UUID(in.getLong(offset + 32), in.getLong(offset + 40))),
              Instant.EPOCH.plus(in.getLong(offset + 48), ChronoUnit.MICROS),
              in);
      if (in.hasRemaining()) {
        return Optional.empty();
      }
      return Optional.of(
          new Frame(
              in.getLong(offset + 16),
              in.getInt(offset + COVERED_FROM),
              in.getInt(offset + CHECKSUM_AT),
              in.getLong(offset + 24),
              length,
              record));
    } catch (RuntimeException e) {
      // the checksum fits but the content is none of ours: not a record
      return Optional.empty();
    }
  }

  private int checksum(byte[] data, int offset, int length) {
    crc.reset();
    crc.update(seed, 0, seed.length);
    crc.update(data, offset, CHECKSUM_AT);
    crc.update(data, offset + COVERED_FROM, length - COVERED_FROM);
    return (int) crc.getValue();
  }

  private static long micros(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
  }

  private static int aligned(int bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
