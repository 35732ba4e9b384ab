package io.tollgate.metering.internal.meterlog;

import io.tollgate.ground.ChargeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A log that is being written at random, and all that was put into it. */
public final class WrittenLog {
  public final LogIdentity identity;
  public final LogWriter writer;
  public final List<LogRecord> records = new ArrayList<>();
  public final List<LogPosition> positions = new ArrayList<>();
  private final List<ChargeId> open = new ArrayList<>();
  private final SomeRecords some;
  private final Random random;

  public WrittenLog(LogStorage storage, long seed) throws IOException {
    this(storage, seed, LogWriter.MIN_SEGMENT_BYTES);
  }

  WrittenLog(LogStorage storage, long seed, int segmentBytes) throws IOException {
    this(storage, seed, identity(seed), segmentBytes);
  }

  public WrittenLog(LogStorage storage, long seed, UUID ledger) throws IOException {
    this(storage, seed, of(ledger, identity(seed)), LogWriter.MIN_SEGMENT_BYTES);
  }

  private WrittenLog(LogStorage storage, long seed, LogIdentity identity, int segmentBytes)
      throws IOException {
    random = new Random(seed);
    some = new SomeRecords(seed);
    this.identity = identity;
    writer = LogWriter.begin(storage, identity, segmentBytes, Runnable::run);
  }

  /** The identity that a log of this seed has. */
  public static LogIdentity identity(long seed) {
    return SomeRecords.identity(seed);
  }

  private static LogIdentity of(UUID ledger, LogIdentity one) {
    return new LogIdentity(ledger, one.log(), one.incarnation(), one.boot(), one.shard());
  }

  public static WrittenLog of(LogStorage storage, long seed, int records) throws IOException {
    WrittenLog log = new WrittenLog(storage, seed);
    for (int i = 0; i < records; i++) {
      log.step();
    }
    log.writer.force();
    return log;
  }

  /** Stages one record; answers whether there was room for it. */
  public boolean step() {
    int what = open.isEmpty() ? 0 : random.nextInt(5);
    if (what < 2) {
      LogRecord.Intent intent = some.intent();
      return writer
          .admit(intent)
          .map(
              position -> {
                open.add(intent.charge());
                return note(intent, position);
              })
          .orElse(false);
    }
    int which = random.nextInt(open.size());
    if (what == 2) {
      LogRecord.Progress progress = some.progress(open.get(which));
      return writer.note(progress).map(position -> note(progress, position)).orElse(false);
    }
    LogRecord.Result result = some.result(open.get(which));
    LogPosition position = writer.finish(result);
    open.remove(which);
    return note(result, position);
  }

  public void finishAll() {
    for (ChargeId charge : open) {
      LogRecord.Result result = SomeRecords.largest(charge, some.now());
      note(result, writer.finish(result));
    }
    open.clear();
  }

  public void close() {
    LogRecord.Close end = new LogRecord.Close(some.now());
    note(end, writer.close(end.at()));
  }

  private boolean note(LogRecord record, LogPosition position) {
    records.add(record);
    positions.add(position);
    return true;
  }
}
