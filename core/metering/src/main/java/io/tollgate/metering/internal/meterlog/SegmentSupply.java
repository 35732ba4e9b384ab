package io.tollgate.metering.internal.meterlog;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one segment ready ahead of the writer, made on another thread, since writing and syncing
 * its blocks takes far longer than a request may wait. Safe for several threads.
 */
final class SegmentSupply {
  private final LogStorage storage;
  private final int bytes;
  private final Executor executor;
  private @Nullable Spare spare;
  private boolean preparing;
  private boolean closed;
  private int next;

  SegmentSupply(LogStorage storage, int firstNumber, int bytes, Executor executor) {
    this.storage = storage;
    this.bytes = bytes;
    this.executor = executor;
    this.next = firstNumber;
  }

  record Spare(int number, LogSegment segment) {}

  synchronized boolean ready() {
    return spare != null;
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
    @Nullable LogSegment made = null;
    try {
      made = storage.allocate(SegmentHeader.fileName(number), bytes);
    } catch (IOException e) {
      // a full disk: intents are refused for want of room until a later attempt succeeds
    } finally {
      keep(number, made);
    }
  }

  private synchronized void keep(int number, @Nullable LogSegment made) {
    preparing = false;
    if (made == null) {
      return;
    }
    next = number + 1;
    spare = new Spare(number, made);
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
