package io.tollgate.metering.internal.meterlog;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Records as a log of their own, for what has to be kept outside of one. */
public final class RecordBytes {
  private RecordBytes() {}

  /** The records one after the other, framed as the first ones of the log. */
  public static byte[] of(UUID log, List<LogRecord> records) {
    RecordFrames frames = new RecordFrames(log);
    ByteBuffer out = ByteBuffer.allocate(RecordFrames.MAX * records.size());
    LogPosition position = frames.start();
    for (LogRecord record : records) {
      position = frames.write(record, position, 0, out);
    }
    return Arrays.copyOf(out.array(), out.position());
  }
}
