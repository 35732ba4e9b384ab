package io.tollgate.telemetry.internal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets lines wait for a thread of their own that writes them together, as event loops must not wait
 * for a disk. That thread looks every so often: to wake it for each line, and to write each by
 * itself, would cost more than the line. What needs attention wakes it at once. Bounded: when it is
 * nearly full, lines below WARN are dropped first. Safe for use by many threads.
 */
public final class LineQueue extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final Duration LAST_LINES = Duration.ofSeconds(2);

  private final int lines;
  private final ArrayBlockingQueue<ILoggingEvent> waiting;
  private final OutputStreamAppender<ILoggingEvent> target;
  private @Nullable Thread writer;
  private volatile boolean stopping;

  /**
   * @param lines that may wait
   * @param target started, writes without flushing each line; closed with this
   */
  public LineQueue(int lines, OutputStreamAppender<ILoggingEvent> target) {
    this.lines = lines;
    this.waiting = new ArrayBlockingQueue<>(lines);
    this.target = target;
  }

  @Override
  public void start() {
    super.start();
    writer = Thread.ofPlatform().daemon().name("log-writer").start(this::write);
  }

  @Override
  protected void append(ILoggingEvent event) {
    boolean important = event.getLevel().isGreaterOrEqual(Level.WARN);
    int room = waiting.remainingCapacity();
    if (!important && room < lines / 5) {
      return;
    }
    event.prepareForDeferredProcessing();
    boolean unused = waiting.offer(event);
    if (important || room < lines / 2) {
      LockSupport.unpark(writer);
    }
  }

  /** Writes what waits, for a while at most, and closes the target. */
  @Override
  public void stop() {
    if (!isStarted()) {
      return;
    }
    super.stop();
    stopping = true;
    Thread ending = writer;
    if (ending != null) {
      LockSupport.unpark(ending);
      try {
        ending.join(LAST_LINES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    target.stop();
  }

  private void write() {
    List<ILoggingEvent> batch = new ArrayList<>();
    while (true) {
      boolean last = stopping;
      waiting.drainTo(batch);
      if (!batch.isEmpty()) {
        batch.forEach(target::doAppend);
        batch.clear();
        flush();
      } else if (last) {
        return;
      } else {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void flush() {
    OutputStream stream = target.getOutputStream();
    if (stream == null) {
      return;
    }
    try {
      stream.flush();
    } catch (IOException e) {
      addError("the log could not be written", e);
    }
  }
}
