package io.tollgate.metering.internal.meterlog;

import io.tollgate.ground.ChargeId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which segments are no longer needed. A segment may go when all of it is settled, every
 * intent in it has a settled result or was carried over, and it is old enough; and only from the
 * front, so that what remains is one log. Not safe for several threads.
 */
public final class SegmentRetention {
  private final Deque<Segment> segments = new ArrayDeque<>();
  private final Map<ChargeId, Segment> open = new HashMap<>();
  private final Deque<Ended> results = new ArrayDeque<>();
  private long settled;

  private record Ended(long sequence, Segment segment) {}

  private static final class Segment {
    private final int number;
    private long last;
    private Instant newest = Instant.MIN;
    private int unsettledIntents;

    private Segment(int number) {
      this.number = number;
    }
  }

  /** Notes a record, in the order of the log. */
  public void written(int segmentNumber, LogPosition position, LogRecord record) {
    if (segments.isEmpty() || segments.getLast().number != segmentNumber) {
      segments.addLast(new Segment(segmentNumber));
    }
    Segment segment = segments.getLast();
    segment.last = position.sequence();
    if (record.at().isAfter(segment.newest)) {
      segment.newest = record.at();
    }
    switch (record) {
      case LogRecord.Intent intent -> {
        open.put(intent.charge(), segment);
        segment.unsettledIntents++;
      }
      case LogRecord.Result result -> {
        Segment begun = open.remove(result.charge());
        if (begun != null) {
          results.addLast(new Ended(position.sequence(), begun));
        }
      }
      case LogRecord.Progress _, LogRecord.Close _ -> {}
    }
  }

  /** Everything up to this number is settled. */
  public void settledThrough(long sequence) {
    settled = Math.max(settled, sequence);
    while (!results.isEmpty() && results.getFirst().sequence <= settled) {
      results.removeFirst().segment.unsettledIntents--;
    }
  }

  /** An intent without result is kept elsewhere from now on. */
  public void carriedOver(ChargeId charge) {
    Segment begun = open.remove(charge);
    if (begun != null) {
      begun.unsettledIntents--;
    }
  }

  /**
   * Forgets the segments that may go and answers their numbers, ascending; never the last one.
   *
   * @param before only segments whose records are all older: the earlier of 24 hours ago and the
   *     last backup
   */
  public List<Integer> release(Instant before) {
    List<Integer> released = new ArrayList<>();
    while (segments.size() > 1) {
      Segment oldest = segments.getFirst();
      if (oldest.last > settled || oldest.unsettledIntents > 0 || !oldest.newest.isBefore(before)) {
        break;
      }
      released.add(oldest.number);
      segments.removeFirst();
    }
    return List.copyOf(released);
  }
}
