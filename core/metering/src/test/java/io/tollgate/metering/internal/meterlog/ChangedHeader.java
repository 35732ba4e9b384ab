package io.tollgate.metering.internal.meterlog;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Segments whose header says something else, with the checksum that fits. */
public final class ChangedHeader {
  private static final int VERSION_AT = 8;

  private ChangedHeader() {}

  /** The segment as a build with another version of the format would have written it. */
  public static byte[] ofVersion(int version, byte[] segment) {
    return of(segment, header -> header.putShort(VERSION_AT, (short) version));
  }

  static byte[] of(byte[] segment, Consumer<ByteBuffer> change) {
    byte[] changed = segment.clone();
    ByteBuffer header = ByteBuffer.wrap(changed, 0, SegmentHeader.SIZE);
    change.accept(header);
    CRC32C crc = new CRC32C();
    crc.update(changed, 0, SegmentHeader.SIZE - Integer.BYTES);
    header.putInt(SegmentHeader.SIZE - Integer.BYTES, (int) crc.getValue());
    return changed;
  }
}
