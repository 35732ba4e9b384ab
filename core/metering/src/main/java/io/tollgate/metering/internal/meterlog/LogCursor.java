package io.tollgate.metering.internal.meterlog;

import io.tollgate.metering.internal.meterlog.RecordFrames.Frame;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads the records of one log in order, from a segment on, also while the log grows. Gives out
 * what it is told to be on disk and nothing beyond. Holds a small part of a segment at a time and
 * no file open. Not safe for several threads.
 */
public final class LogCursor {
  private static final int BUFFER_BYTES = 128 << 10;

  private final LogStorage storage;
  private final LogIdentity identity;
  private final RecordFrames frames;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private SegmentHeader header;
  private LogPosition last;
  private long bufferAt;
  private int offset;

  private LogCursor(LogStorage storage, LogIdentity identity, int segment) throws IOException {
    this.storage = storage;
    this.identity = identity;
    this.frames = new RecordFrames(identity.log());
    this.header =
        header(segment)
            .orElseThrow(
                () ->
                    new UnreadableLog(
                        "log "
                            + identity.log()
                            + ": "
                            + SegmentHeader.fileName(segment)
                            + " is missing or has no header"));
    requireOurs(header);
    this.last = header.start();
    this.bufferAt = SegmentHeader.SIZE;
  }

  /**
   * A record as read.
   *
   * @param segment number of the segment it stands in
   */
  public record Entry(int segment, LogPosition position, LogRecord record) {}

  /**
   * Begins before the first record of a segment.
   *
   * @throws UnreadableLog when that segment is not there, or is another log's
   */
  public static LogCursor at(LogStorage storage, LogIdentity identity, int segment)
      throws IOException {
    return new LogCursor(storage, identity, segment);
  }

  /**
   * Begins in the oldest segment that is there.
   *
   * @throws UnreadableLog when there is none, or it is another log's
   */
  public static LogCursor oldest(LogStorage storage, LogIdentity identity) throws IOException {
    for (String name : storage.segments()) {
      Optional<SegmentHeader> header = header(storage, name);
      if (header.isPresent()) {
        return new LogCursor(storage, identity, header.get().number());
      }
    }
    throw new UnreadableLog("log " + identity.log() + " has no segment");
  }

  /** The position before the first record of a log. */
  public static LogPosition start(UUID log) {
    return new RecordFrames(log).start();
  }

  /** The position after the last record that was given out. */
  public LogPosition position() {
    return last;
  }

  /** Number of the segment that the cursor is in. */
  public int segment() {
    return header.number();
  }

  /**
   * The next record; nothing when it is beyond {@code through}.
   *
   * @param through number of the last record that is known to be on disk
   * @throws UnreadableLog when a record that should be there is not
   */
  public Optional<Entry> next(long through) throws IOException {
    if (last.sequence() >= through) {
      return Optional.empty();
    }
    Optional<Frame> read = here();
    if (read.isEmpty() && roll()) {
      read = here();
    }
    Frame frame =
        read.orElseThrow(
            () ->
                new UnreadableLog(
                    "log "
                        + identity.log()
                        + ": record "
                        + (last.sequence() + 1)
                        + " is missing in "
                        + SegmentHeader.fileName(header.number())
                        + " at byte "
                        + (bufferAt + offset)
                        + " (expected: on disk, as all up to "
                        + through
                        + ")"));
    last = frame.position();
    offset += frame.bytes();
    return Optional.of(new Entry(header.number(), last, frame.record()));
  }

  /** The record that continues the log at this place, if it is there. */
  private Optional<Frame> here() throws IOException {
    Optional<Frame> read = fitting();
    if (read.isEmpty()) {
      fill();
      read = fitting();
    }
    return read;
  }

  private Optional<Frame> fitting() {
    return frames
        .read(buffer, offset)
        .filter(
            frame -> frame.sequence() == last.sequence() + 1 && frame.previous() == last.chain());
  }

  private void fill() throws IOException {
    bufferAt += offset;
    offset = 0;
    int filled =
        storage.read(SegmentHeader.fileName(header.number()), bufferAt, buffer, 0, BUFFER_BYTES);
    Arrays.fill(buffer, filled, BUFFER_BYTES, (byte) 0);
  }

  /** Goes on in the next segment, if it continues this one at the place where we are. */
  private boolean roll() throws IOException {
    Optional<SegmentHeader> next =
        header(header.number() + 1).filter(found -> found.start().equals(last));
    if (next.isEmpty()) {
      return false;
    }
    requireOurs(next.get());
    header = next.get();
    bufferAt = SegmentHeader.SIZE;
    offset = 0;
    Arrays.fill(buffer, (byte) 0);
    return true;
  }

  private Optional<SegmentHeader> header(int number) throws IOException {
    String name = SegmentHeader.fileName(number);
    return storage.segments().contains(name) ? header(storage, name) : Optional.empty();
  }

  private static Optional<SegmentHeader> header(LogStorage storage, String name)
      throws IOException {
    byte[] bytes = new byte[SegmentHeader.SIZE];
    int count = storage.read(name, 0, bytes, 0, bytes.length);
    return count < bytes.length ? Optional.empty() : SegmentHeader.decode(bytes);
  }

  private void requireOurs(SegmentHeader found) throws UnreadableLog {
    if (!found.identity().equals(identity)) {
      throw new UnreadableLog(
          SegmentHeader.fileName(found.number())
              + ": "
              + found.identity()
              + " (expected: "
              + identity
              + ")");
    }
  }
}
