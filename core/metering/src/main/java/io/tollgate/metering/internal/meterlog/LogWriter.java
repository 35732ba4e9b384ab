package io.tollgate.metering.internal.meterlog;

import io.tollgate.ground.ChargeId;
import io.tollgate.metering.internal.meterlog.LogRecord.Close;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Progress;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Writes one log. Records are numbered without a gap in the order they are staged; {@link #flush}
 * writes what was staged with one write, after which it survives any end of the process; {@link
 * #force} puts everything on disk.
 *
 * <p>An intent is admitted only while the space already on disk holds the largest possible result
 * of every open intent and of this one: a result never fails for want of space.
 *
 * <p>Meant for one thread; {@link #force} may be called from another one and does not hold up the
 * first while the disk works. After a fault every method throws {@link LogStopped}.
 */
public final class LogWriter {
  /** Most that a segment has where nothing else is asked for. */
  public static final int DEFAULT_SEGMENT_BYTES = 32 << 20;

  /** Smallest segment: room for a few of the largest records. */
  public static final int MIN_SEGMENT_BYTES = SegmentHeader.SIZE + 6 * RecordFrames.MAX;

  private static final int BUFFER_BYTES = 64 << 10;

  private final LogIdentity identity;
  private final SegmentSupply supply;
  private final RecordFrames frames;
  private final ByteBuffer staged = ByteBuffer.allocate(BUFFER_BYTES);
  private final Set<ChargeId> open = new HashSet<>();
  private final List<LogSegment> left = new ArrayList<>();
  private final Object forcing = new Object();
  private @Nullable LogStopped stopped;
  private LogSegment segment;
  private int segmentBytes;
  private int number;
  private long written;
  private LogPosition last;
  private long forced;
  private long lastResult;
  private boolean closed;

  private LogWriter(LogIdentity identity, SegmentSupply supply, SegmentSupply.Spare first) {
    this.identity = identity;
    this.supply = supply;
    this.frames = new RecordFrames(identity.log());
    this.last = frames.start();
    this.segment = first.segment();
    this.segmentBytes = first.bytes();
    this.number = first.number();
    header();
  }

  /**
   * Begins a new log in an empty storage.
   *
   * @param segmentBytes most that a segment has, at least {@link #MIN_SEGMENT_BYTES}; the first
   *     ones may be smaller
   * @param background runs the making of segments, one at a time; its threads are never interrupted
   * @throws IOException when the first segment cannot be made, or the storage is not empty
   */
  public static LogWriter begin(
      LogStorage storage, LogIdentity identity, int segmentBytes, Executor background)
      throws IOException {
    if (segmentBytes < MIN_SEGMENT_BYTES || segmentBytes % RecordFrames.ALIGNMENT != 0) {
      throw new IllegalArgumentException(
          "segment bytes: "
              + segmentBytes
              + " (expected: a multiple of 8, >= "
              + MIN_SEGMENT_BYTES
              + ")");
    }
    List<String> there = storage.segments();
    if (!there.isEmpty()) {
      throw new IOException("a log is there already: " + there.getFirst() + " (expected: none)");
    }
    SegmentSupply.Spare first = SegmentSupply.make(storage, 1, segmentBytes);
    SegmentSupply supply = new SegmentSupply(storage, 2, segmentBytes, background);
    LogWriter writer = new LogWriter(identity, supply, first);
    writer.force();
    supply.prepare();
    return writer;
  }

  /** Stages an intent; nothing when there is no room for its result, or no room at all. */
  public synchronized Optional<LogPosition> admit(Intent intent) {
    requireRunning();
    if (open.contains(intent.charge())) {
      throw new IllegalArgumentException(
          "charge: " + intent.charge() + " is open already (expected: a new one)");
    }
    if (!hasRoom(RecordFrames.MAX + RecordFrames.RESULT_MAX)) {
      return Optional.empty();
    }
    open.add(intent.charge());
    return Optional.of(stage(intent));
  }

  /** Stages how far an open charge is; nothing when the room is needed for results. */
  public synchronized Optional<LogPosition> note(Progress progress) {
    requireRunning();
    requireOpen(progress.charge());
    return hasRoom(RecordFrames.MAX) ? Optional.of(stage(progress)) : Optional.empty();
  }

  /** Stages the result of an open charge. */
  public synchronized LogPosition finish(Result result) {
    requireRunning();
    requireOpen(result.charge());
    LogPosition position = stage(result);
    lastResult = position.sequence();
    open.remove(result.charge());
    return position;
  }

  /** Writes what is staged; answers the position up to which records survive the process. */
  public synchronized LogPosition flush() {
    requireRunning();
    if (staged.position() > 0) {
      write();
    }
    return last;
  }

  /**
   * Writes what is staged and waits for the disk; answers the position that survives a power cut.
   */
  public LogPosition force() {
    synchronized (forcing) {
      LogPosition position;
      List<LogSegment> full;
      LogSegment current;
      synchronized (this) {
        position = flush();
        full = List.copyOf(left);
        current = segment;
      }
      try {
        for (LogSegment one : full) {
          one.force();
        }
        current.force();
        for (LogSegment one : full) {
          one.close();
        }
      } catch (IOException | RuntimeException e) {
        throw stop(new LogStopped("fsync of log " + identity.log() + " failed: " + e, e));
      }
      synchronized (this) {
        // a fault of the writer in the meantime does not take back what is on disk
        left.removeAll(full);
        forced = Math.max(forced, position.sequence());
      }
      return position;
    }
  }

  /**
   * Puts what was staged on disk, unless it is there already.
   *
   * @return number of the last record that survives a power cut; also after the log was closed
   */
  public long onDisk() {
    synchronized (this) {
      if (closed || (stopped == null && forced == last.sequence())) {
        return last.sequence();
      }
    }
    try {
      return force().sequence();
    } catch (LogStopped e) {
      synchronized (this) {
        if (closed) {
          // it was closed in the meantime, which forced everything
          return last.sequence();
        }
      }
      throw e;
    }
  }

  /** Ends the log in order: a last record, on disk. Open intents stay open for recovery. */
  public LogPosition close(Instant at) {
    synchronized (this) {
      requireRunning();
      stage(new Close(at));
    }
    LogPosition end = force();
    synchronized (this) {
      closed = true;
      supply.close();
      try {
        segment.close();
      } catch (IOException e) {
        throw stop(new LogStopped("closing log " + identity.log() + " failed: " + e, e));
      }
    }
    return end;
  }

  /** Number of the last result that was staged; 0 before the first. */
  public synchronized long lastResult() {
    return lastResult;
  }

  /** Intents without a result. */
  public synchronized int openIntents() {
    return open.size();
  }

  /** Number of the segment that is being written. */
  public synchronized int segmentNumber() {
    return number;
  }

  private LogPosition stage(LogRecord record) {
    if (staged.remaining() < RecordFrames.MAX) {
      write();
    }
    int from = staged.position();
    LogPosition position = frames.write(record, last, forced, staged);
    int length = staged.position() - from;
    if (written + staged.position() > segmentBytes) {
      // it goes to the next segment, unchanged: the chain runs on
      byte[] moved = new byte[length];
      staged.get(from, moved);
      staged.position(from);
      roll();
      staged.put(moved);
    }
    last = position;
    return position;
  }

  private void roll() {
    if (staged.position() > 0) {
      write();
    }
    SegmentSupply.Spare next =
        supply
            .take()
            .orElseThrow(
                () -> stop(new LogStopped("no room for a result in log " + identity.log())));
    left.add(segment);
    segment = next.segment();
    segmentBytes = next.bytes();
    number = next.number();
    written = 0;
    header();
  }

  private void header() {
    staged.put(new SegmentHeader(identity, number, last, segmentBytes).encode());
  }

  private void write() {
    int length = staged.position();
    int done;
    try {
      done = segment.write(staged.array(), staged.arrayOffset(), length, written);
    } catch (IOException | RuntimeException e) {
      throw stop(new LogStopped("a write to log " + identity.log() + " failed: " + e, e));
    }
    if (done != length) {
      throw stop(
          new LogStopped(
              "a write to log " + identity.log() + " fell short: " + done + " of " + length));
    }
    written += length;
    staged.clear();
  }

  /** Whether so many bytes fit beside the largest result of every open intent and the close. */
  private boolean hasRoom(int bytes) {
    int spare = supply.readyBytes();
    if (spare == 0) {
      supply.prepare();
    }
    // the end of a segment may stay empty, by less than one record
    long here = Math.max(0, segmentBytes - written - staged.position() - RecordFrames.MAX);
    long there = spare == 0 ? 0 : spare - SegmentHeader.SIZE - RecordFrames.MAX;
    return here + there - (long) open.size() * RecordFrames.RESULT_MAX - RecordFrames.CLOSE_BYTES
        >= bytes;
  }

  private void requireOpen(ChargeId charge) {
    if (!open.contains(charge)) {
      throw new IllegalArgumentException("charge: " + charge + " (expected: an open intent)");
    }
  }

  private void requireRunning() {
    LogStopped fault = stopped;
    if (fault != null) {
      throw new LogStopped("log " + identity.log() + " has stopped: " + fault.getMessage(), fault);
    }
    if (closed) {
      throw new LogStopped("log " + identity.log() + " is closed");
    }
  }

  private synchronized LogStopped stop(LogStopped fault) {
    if (stopped == null) {
      stopped = fault;
    }
    return fault;
  }
}
