package io.tollgate.metering.internal.meterlog;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one segment ready ahead of the writer, made on another thread, since writing and syncing
 * its blocks takes far longer than a request may wait. The first segments of a log are small, so
 * that a process that starts, or does little, neither writes nor keeps many empty blocks. Safe for
 * several threads.
 */
final class SegmentSupply {
  private static final int FIRST_BYTES = 2 << 20;

  /** Each segment is so many times as large as the one before, up to the size asked for. */
  private static final int GROWTH_SHIFT = 2;

  private static final int GROWING = 8;

  private final LogStorage storage;
  private final int maxBytes;
  private final Executor executor;
  private @Nullable Spare spare;
  private boolean preparing;
  private boolean closed;
  private int next;

  SegmentSupply(LogStorage storage, int firstNumber, int maxBytes, Executor executor) {
    this.storage = storage;
    this.maxBytes = maxBytes;
    this.executor = executor;
    this.next = firstNumber;
  }

  record Spare(int number, int bytes, LogSegment segment) {}

  /** Size of a segment by its number. */
  static int bytes(int number, int maxBytes) {
    int times = GROWTH_SHIFT * Math.min(number - 1, GROWING);
    return (int) Math.min((long) FIRST_BYTES << times, maxBytes);
  }

  /** Size of the segment that is ready; 0 when none is. */
  synchronized int readyBytes() {
    return spare == null ? 0 : spare.bytes();
  }

  /** The spare segment, if it is ready; the next one is asked for. */
  Optional<Spare> take() {
    Optional<Spare> taken;
    synchronized (this) {
      taken = Optional.ofNullable(spare);
      spare = null;
    }
    prepare();
    return taken;
  }

  /** Asks for a spare segment, unless there is one or it is under way. */
  void prepare() {
    synchronized (this) {
      if (spare != null || preparing || closed) {
        return;
      }
      preparing = true;
    }
    try {
      executor.execute(this::allocate);
    } catch (RejectedExecutionException e) {
      synchronized (this) {
        preparing = false;
      }
    }
  }

  private void allocate() {
    int number;
    synchronized (this) {
      number = next;
    }
    @Nullable Spare made = null;
    try {
      made = make(storage, number, maxBytes);
    } catch (IOException e) {
      // a full disk: intents are refused for want of room until a later attempt succeeds
    } finally {
      keep(made);
    }
  }

  /** Makes a segment at once. */
  static Spare make(LogStorage storage, int number, int maxBytes) throws IOException {
    int bytes = bytes(number, maxBytes);
    return new Spare(number, bytes, storage.allocate(SegmentHeader.fileName(number), bytes));
  }

  private synchronized void keep(@Nullable Spare made) {
    preparing = false;
    if (made == null) {
      return;
    }
    next = made.number() + 1;
    spare = made;
    if (closed) {
      discard();
    }
  }

  /** Gives up the segment nobody needs any more. */
  synchronized void close() {
    closed = true;
    discard();
  }

  private void discard() {
    Spare unused = spare;
    spare = null;
    if (unused == null) {
      return;
    }
    try {
      unused.segment().close();
      storage.delete(SegmentHeader.fileName(unused.number()));
    } catch (IOException e) {
      // an empty segment left behind is passed over by every reader
    }
  }
}
