package io.tollgate.insight.internal;

import static java.util.Objects.requireNonNull;

import io.tollgate.insight.RequestCarrier;
import io.tollgate.insight.RequestSending;
import io.tollgate.insight.internal.spool.SentMarks;
import io.tollgate.insight.internal.spool.SpoolEntry;
import io.tollgate.insight.internal.spool.SpoolFolder;
import io.tollgate.insight.internal.spool.SpoolMeters;
import io.tollgate.insight.internal.spool.SpoolReader;
import io.tollgate.insight.internal.spool.SpoolWriter;
import io.tollgate.relay.gateway.RequestLog;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that sends the spool to the process that has the log, again and again. What waits
 * stays on disk until it is there; a process that is killed in between sends some once more.
 */
public final class LogSender implements RequestSending {
  private static final Logger LOG = LoggerFactory.getLogger(LogSender.class);
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration STOP_MAX = Duration.ofSeconds(20);

  private final SpoolFolder folder;
  private final SentMarks marks;
  private final SpoolMeters meters;
  private final Object wakeUp = new Object();
  private @Nullable Thread thread;
  private @Nullable SpoolReader reader;
  private boolean stopping;

  public LogSender(SpoolFolder folder, SentMarks marks, SpoolMeters meters) {
    this.folder = requireNonNull(folder, "folder is null");
    this.marks = requireNonNull(marks, "marks is null");
    this.meters = requireNonNull(meters, "meters is null");
  }

  /**
   * A writer of its spool, for one thread.
   *
   * @param refusedPerSecond refused requests kept in a second before the others are sampled
   */
  public RequestLog writer(int refusedPerSecond) {
    return new SpoolWriter(folder, refusedPerSecond, meters);
  }

  @Override
  public void begin(RequestCarrier carrier) {
    requireNonNull(carrier, "carrier is null");
    synchronized (wakeUp) {
      if (thread != null || stopping) {
        throw new IllegalStateException("sending has begun or ended (expected: neither)");
      }
      thread = Thread.ofPlatform().daemon().name("request-log-sending").start(() -> run(carrier));
    }
  }

  private void run(RequestCarrier carrier) {
    long sentAt = System.nanoTime();
    boolean last = false;
    while (!last) {
      last = isStopping();
      Duration pause = PAUSE;
      try {
        if (!folder.untouched()) {
          send(carrier);
        }
        sentAt = System.nanoTime();
      } catch (IOException | RuntimeException e) {
        meters.waiting(sentAt);
        LOG.error("the request log cannot be sent; what waits stays on disk", e);
        reader = null;
        pause = RETRY;
      }
      if (!last) {
        pause(pause);
      }
    }
  }

  private void send(RequestCarrier carrier) throws IOException {
    SpoolReader from = reader;
    if (from == null) {
      from = new SpoolReader(folder, marks.read(folder.names()), meters);
      reader = from;
    }
    boolean more = true;
    while (more) {
      SpoolReader.Batch batch = from.next(RequestCarrier.ROWS_MAX);
      if (!batch.entries().isEmpty()) {
        carrier.carry(batch.entries().stream().map(SpoolEntry::row).toList());
        // before files are removed: what is sent is not sent again after a kill
        marks.write(batch.marks(), folder.names());
      }
      from.stored(batch);
      more = batch.more();
    }
  }

  private boolean isStopping() {
    synchronized (wakeUp) {
      return stopping;
    }
  }

  private void pause(Duration time) {
    synchronized (wakeUp) {
      if (!stopping) {
        try {
          wakeUp.wait(time.toMillis());
        } catch (InterruptedException e) {
          // nobody interrupts it: it goes on
          LOG.warn("the request log's sending thread was interrupted");
        }
      }
    }
  }

  @Override
  public void close() {
    Thread running;
    synchronized (wakeUp) {
      stopping = true;
      running = thread;
      wakeUp.notifyAll();
    }
    if (running != null) {
      try {
        boolean _ = running.join(STOP_MAX);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    folder.close();
  }
}
