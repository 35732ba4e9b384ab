package io.tollgate.metering.internal.meterlog;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

  /** What {@link #of} wrote; nothing behind the first that is no record of that log. */
  public static List<LogRecord> read(UUID log, byte[] bytes) {
    RecordFrames frames = new RecordFrames(log);
    List<LogRecord> records = new ArrayList<>();
    int at = 0;
    Optional<RecordFrames.Frame> frame = frames.read(bytes, at);
    while (frame.isPresent()) {
      records.add(frame.get().record());
      at += frame.get().bytes();
      frame = frames.read(bytes, at);
    }
    return records;
  }
}
