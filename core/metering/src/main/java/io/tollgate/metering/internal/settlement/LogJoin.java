package io.tollgate.metering.internal.settlement;

import io.tollgate.ground.ChargeId;
import io.tollgate.metering.internal.meterlog.LogCursor;
import io.tollgate.metering.internal.meterlog.LogCursor.Entry;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.meterlog.LogRecord.Close;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Progress;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;
import io.tollgate.metering.internal.meterlog.LogStorage;
import io.tollgate.metering.internal.meterlog.UnreadableLog;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads a log from where its settlement stands and joins each result with its intent. Holds the
 * open intents and at most one batch of charges.
 */
final class LogJoin {
  private final UUID log;
  private final boolean takenOver;
  private final LogCursor cursor;
  private final Map<ChargeId, Opened> open = new LinkedHashMap<>();
  private final Deque<Joined> joined = new ArrayDeque<>();
  private LogPosition settled;
  private int segment;
  private boolean reached;
  private boolean closed;
  private long strays;

  private LogJoin(UUID log, LogCursor cursor, LogPosition settled, int segment, boolean takenOver) {
    this.takenOver = takenOver;
    this.log = log;
    this.cursor = cursor;
    this.settled = settled;
    this.segment = segment;
  }

  private record Opened(Intent intent, int segment) {}

  /**
   * @param after position after the result
   * @param segment oldest segment that is needed once this result is settled
   */
  private record Joined(SettledCharge charge, LogPosition after, int segment) {}

  /** The settlement's place is none of this log's. */
  static final class NotOurs extends Exception {
    private static final long serialVersionUID = 1L;

    NotOurs(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Reads from the oldest segment that the settlement's place needs.
   *
   * @throws UnreadableLog when that segment is gone
   */
  static LogJoin at(
      LogStorage storage, LogIdentity identity, LogPosition settled, int segment, boolean takenOver)
      throws IOException {
    LogCursor cursor = LogCursor.at(storage, identity, segment);
    if (cursor.position().sequence() > settled.sequence()) {
      throw new UnreadableLog(
          "log "
              + identity.log()
              + " is settled to "
              + settled
              + " (expected: not before segment "
              + segment
              + ", which begins after "
              + cursor.position()
              + ")");
    }
    return new LogJoin(identity.log(), cursor, settled, segment, takenOver);
  }

  /**
   * Reads on until a batch is full.
   *
   * @param through number of the last record that may be read
   * @throws NotOurs when the log has another record where the settlement stands, or none yet
   */
  void read(long through) throws IOException, NotOurs {
    check();
    while (joined.size() < SettlementBatch.MAX) {
      Optional<Entry> next = cursor.next(through);
      if (next.isEmpty()) {
        break;
      }
      take(next.get());
      check();
    }
  }

  private void check() throws NotOurs {
    if (!reached && cursor.position().sequence() == settled.sequence()) {
      if (!cursor.position().equals(settled)) {
        throw new NotOurs(
            "log " + log + " is settled to " + settled + " (expected: " + cursor.position() + ")");
      }
      reached = true;
    }
  }

  private void take(Entry entry) {
    switch (entry.record()) {
      case Intent intent -> open.put(intent.charge(), new Opened(intent, entry.segment()));
      case Progress _ -> {}
      case Close _ -> closed = true;
      case Result result -> {
        Opened opened = open.remove(result.charge());
        if (!reached) {
          return;
        }
        if (opened == null) {
          // its intent stood in a segment that went when a database that was lost had settled it
          strays++;
          return;
        }
        long sequence = entry.position().sequence();
        joined.addLast(
            new Joined(
                new SettledCharge(sequence, opened.intent(), result),
                entry.position(),
                needed(entry.segment())));
      }
    }
  }

  private int needed(int current) {
    Iterator<Opened> oldest = open.values().iterator();
    return oldest.hasNext() ? oldest.next().segment() : current;
  }

  /**
   * The next batch: everything that was read, or its first {@code max} charges; nothing when all
   * that was read is settled.
   */
  Optional<SettlementBatch> batch(int max) {
    if (!reached || cursor.position().equals(settled)) {
      return Optional.empty();
    }
    if (joined.size() <= max) {
      return Optional.of(
          new SettlementBatch(
              log,
              settled,
              cursor.position(),
              needed(cursor.segment()),
              joined.stream().map(Joined::charge).toList(),
              takenOver));
    }
    List<SettledCharge> charges = new ArrayList<>(max);
    Joined last = joined.getFirst();
    for (Iterator<Joined> next = joined.iterator(); charges.size() < max; ) {
      last = next.next();
      charges.add(last.charge());
    }
    return Optional.of(
        new SettlementBatch(log, settled, last.after(), last.segment(), charges, takenOver));
  }

  /** That batch is in the books. */
  void settled(SettlementBatch batch) {
    for (int i = 0; i < batch.charges().size(); i++) {
      joined.removeFirst();
    }
    settled = batch.to();
    segment = batch.segment();
  }

  /** Where the settlement stands. */
  LogPosition settled() {
    return settled;
  }

  /** The oldest segment that is needed from where the settlement stands. */
  int segment() {
    return segment;
  }

  /** Whether the writer ended the log in order, and that was read. */
  boolean closed() {
    return closed;
  }

  /** Position after the last record, when the writer ended the log in order and that was read. */
  Optional<LogPosition> end() {
    return closed ? Optional.of(cursor.position()) : Optional.empty();
  }

  boolean hasCharges() {
    return !joined.isEmpty();
  }

  /** Intents without a result in what was read. */
  int open() {
    return open.size();
  }

  /** Results without an intent that were passed over. */
  long strays() {
    return strays;
  }

  /** When the oldest result ended that was read and is not settled. */
  Optional<Instant> oldest() {
    return Optional.ofNullable(joined.peekFirst()).map(first -> first.charge().result().at());
  }
}
