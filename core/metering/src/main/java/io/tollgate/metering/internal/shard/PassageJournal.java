package io.tollgate.metering.internal.shard;

import io.tollgate.metering.Durability;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Progress;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;
import io.tollgate.metering.internal.meterlog.LogStopped;
import io.tollgate.metering.internal.meterlog.LogWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The meter log as its loop uses it: what one round of the loop brings shares one write, and is
 * acknowledged after it. Confined to the loop.
 */
final class PassageJournal {
  private final LogWriter writer;
  private final Durability durability;
  private final Executor loop;
  private final Executor disk;
  private final Consumer<LogStopped> onStopped;
  private List<Acknowledgement> waiting = new ArrayList<>();
  private boolean scheduled;
  private boolean forcing;
  private boolean stopped;

  /** Hears of one record, once. */
  interface Acknowledgement {
    /** It survives what the durability promises. */
    void written();

    /** The log has stopped; nobody knows what of it is there. */
    void lost(LogStopped why);
  }

  /**
   * @param disk a thread that waits for the disk; never interrupted
   * @param onStopped told once when the log fails: the process has to end
   */
  PassageJournal(
      LogWriter writer,
      Durability durability,
      Executor loop,
      Executor disk,
      Consumer<LogStopped> onStopped) {
    this.writer = writer;
    this.durability = durability;
    this.loop = loop;
    this.disk = disk;
    this.onStopped = onStopped;
  }

  /** Whether there was room for the intent and its result. */
  boolean admit(Intent intent, Acknowledgement acknowledgement) {
    try {
      if (writer.admit(intent).isEmpty()) {
        return false;
      }
    } catch (LogStopped e) {
      stop(e);
      return false;
    }
    await(acknowledgement);
    return true;
  }

  void finish(Result result, Acknowledgement acknowledgement) {
    try {
      var unused = writer.finish(result);
    } catch (LogStopped e) {
      stop(e);
      acknowledgement.lost(e);
      return;
    }
    await(acknowledgement);
  }

  /** Nobody waits for it. */
  void note(Progress progress) {
    try {
      if (writer.note(progress).isPresent()) {
        flushSoon();
      }
    } catch (LogStopped e) {
      stop(e);
    }
  }

  boolean isStopped() {
    return stopped;
  }

  private void await(Acknowledgement acknowledgement) {
    waiting.add(acknowledgement);
    flushSoon();
  }

  private void flushSoon() {
    if (!scheduled && !forcing) {
      scheduled = true;
      loop.execute(this::flush);
    }
  }

  private void flush() {
    scheduled = false;
    List<Acknowledgement> group = waiting;
    waiting = new ArrayList<>(group.size());
    switch (durability) {
      case PROCESS -> {
        try {
          var unused = writer.flush();
        } catch (LogStopped e) {
          lost(group, e);
          return;
        }
        group.forEach(Acknowledgement::written);
      }
      case DISK -> {
        forcing = true;
        disk.execute(() -> force(group));
      }
    }
  }

  private void force(List<Acknowledgement> group) {
    try {
      var unused = writer.force();
    } catch (LogStopped e) {
      loop.execute(() -> lost(group, e));
      return;
    }
    loop.execute(
        () -> {
          forcing = false;
          if (!waiting.isEmpty()) {
            flushSoon();
          }
          group.forEach(Acknowledgement::written);
        });
  }

  private void lost(List<Acknowledgement> group, LogStopped why) {
    forcing = false;
    stop(why);
    group.forEach(each -> each.lost(why));
  }

  private void stop(LogStopped why) {
    if (!stopped) {
      stopped = true;
      onStopped.accept(why);
    }
  }
}
