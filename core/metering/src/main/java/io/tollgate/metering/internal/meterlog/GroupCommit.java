package io.tollgate.metering.internal.meterlog;

import io.tollgate.metering.internal.meterlog.LogRecord.Close;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Progress;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * {@code durability=disk}: records of all callers that arrive while the disk works on the last
 * group share the next write and fsync, on a thread of its own that nobody interrupts. Answers are
 * completed on that thread, so what hangs on them must be short.
 */
public final class GroupCommit {
  private final LogWriter writer;
  private final BlockingQueue<Waiting> queue;
  private final Semaphore admission;
  private final int mostOpen;
  private final Thread thread;
  private volatile @Nullable LogStopped ended;

  private GroupCommit(LogWriter writer, int mostOpen) {
    this.writer = writer;
    this.mostOpen = mostOpen;
    this.admission = new Semaphore(mostOpen);
    // every open intent has at most itself and its result in here, and progress is bounded below
    this.queue = new LinkedBlockingQueue<>(4 * mostOpen + 1);
    this.thread = Thread.ofPlatform().daemon().name("meter-log").unstarted(this::run);
  }

  private record Waiting(LogRecord record, CompletableFuture<Optional<LogPosition>> answer) {}

  /**
   * Takes over a writer.
   *
   * @param mostOpen most intents without result; more are refused
   */
  public static GroupCommit start(LogWriter writer, int mostOpen) {
    GroupCommit group = new GroupCommit(writer, mostOpen);
    group.thread.start();
    return group;
  }

  /**
   * Answers with the record's position once it is on disk, with nothing when there is no room for
   * it (intents and progress only), and exceptionally with {@link LogStopped} when the log has
   * stopped.
   */
  public CompletableFuture<Optional<LogPosition>> submit(LogRecord.OfCharge record) {
    boolean refused =
        switch (record) {
          case Intent _ -> !admission.tryAcquire();
          case Progress _ -> queue.size() >= 2 * mostOpen;
          case Result _ -> false;
        };
    return refused ? CompletableFuture.completedFuture(Optional.empty()) : enqueue(record);
  }

  /** Ends the log in order, after everything submitted before. */
  public CompletableFuture<Optional<LogPosition>> close(Instant at) {
    return enqueue(new Close(at));
  }

  private CompletableFuture<Optional<LogPosition>> enqueue(LogRecord record) {
    Waiting waiting = new Waiting(record, new CompletableFuture<>());
    if (!queue.offer(waiting)) {
      waiting.answer.completeExceptionally(
          new IllegalStateException("more results than intents were submitted"));
    }
    LogStopped fault = ended;
    if (fault != null) {
      // queued after the thread had looked for the last time
      refuseAll(fault);
    }
    return waiting.answer;
  }

  private void run() {
    List<Waiting> group = new ArrayList<>();
    List<Optional<LogPosition>> positions = new ArrayList<>();
    try {
      boolean running = true;
      while (running) {
        group.add(queue.take());
        queue.drainTo(group);
        running = commit(group, positions);
        group.clear();
        positions.clear();
      }
      end(new LogStopped("the log is closed"));
    } catch (InterruptedException | RuntimeException e) {
      LogStopped fault = e instanceof LogStopped stop ? stop : new LogStopped("fault: " + e, e);
      group.forEach(waiting -> waiting.answer.completeExceptionally(fault));
      end(fault);
    }
  }

  private boolean commit(List<Waiting> group, List<Optional<LogPosition>> positions) {
    boolean ending = false;
    LogPosition end = new LogPosition(0, 0);
    for (Waiting waiting : group) {
      if (ending) {
        positions.add(Optional.empty());
        continue;
      }
      switch (waiting.record) {
        case Close close -> {
          end = writer.close(close.at());
          positions.add(Optional.of(end));
          ending = true;
        }
        case LogRecord.OfCharge record -> positions.add(stage(waiting, record));
      }
    }
    if (!ending) {
      writer.force();
    }
    for (int i = 0; i < group.size(); i++) {
      group.get(i).answer.complete(positions.get(i));
    }
    return !ending;
  }

  private Optional<LogPosition> stage(Waiting waiting, LogRecord.OfCharge record) {
    try {
      return switch (record) {
        case Intent intent -> {
          Optional<LogPosition> position = writer.admit(intent);
          if (position.isEmpty()) {
            admission.release();
          }
          yield position;
        }
        case Progress progress -> writer.note(progress);
        case Result result -> {
          LogPosition position = writer.finish(result);
          admission.release();
          yield Optional.of(position);
        }
      };
    } catch (IllegalArgumentException e) {
      // one caller's mistake is not the others' fault
      if (record instanceof Intent) {
        admission.release();
      }
      waiting.answer.completeExceptionally(e);
      return Optional.empty();
    }
  }

  private void end(LogStopped fault) {
    ended = fault;
    refuseAll(fault);
  }

  private void refuseAll(LogStopped fault) {
    List<Waiting> rest = new ArrayList<>();
    queue.drainTo(rest);
    rest.forEach(waiting -> waiting.answer.completeExceptionally(fault));
  }
}
