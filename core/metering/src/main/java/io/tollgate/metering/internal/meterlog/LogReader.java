package io.tollgate.metering.internal.meterlog;

import static io.tollgate.metering.internal.meterlog.LogEnd.Fault.NO_HEADER;
import static io.tollgate.metering.internal.meterlog.LogEnd.Fault.OTHER_BUILD;
import static io.tollgate.metering.internal.meterlog.LogEnd.Fault.OTHER_LEDGER;
import static io.tollgate.metering.internal.meterlog.LogEnd.Fault.OTHER_LOG;
import static io.tollgate.metering.internal.meterlog.LogEnd.Fault.OTHER_ORDER;

import io.tollgate.metering.internal.meterlog.LogEnd.Place;
import io.tollgate.metering.internal.meterlog.LogScan.Found;
import io.tollgate.metering.internal.meterlog.RecordFrames.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Reads a log from its first segment to the first record that is not valid, and then on, to tell a
 * torn tail from a hole. Only reads; one segment is in memory at a time.
 */
public final class LogReader {
  private final LogStorage storage;
  private final Optional<UUID> ledger;
  private final Optional<UUID> log;
  private final int from;

  private LogReader(LogStorage storage, Optional<UUID> ledger, Optional<UUID> log, int from) {
    this.storage = storage;
    this.ledger = ledger;
    this.log = log;
    this.from = from;
  }

  /** Reads whatever log is there. */
  public static LogReader of(LogStorage storage) {
    return new LogReader(storage, Optional.empty(), Optional.empty(), 1);
  }

  /** Refuses what is not the log of that id and ledger. */
  public static LogReader of(LogStorage storage, UUID ledger, UUID log) {
    return new LogReader(storage, Optional.of(ledger), Optional.of(log), 1);
  }

  /** Whether there is nothing but headers, whole or torn: no record was ever written. */
  public static boolean isBlank(LogStorage storage) throws IOException {
    for (String name : storage.segments()) {
      byte[] data = storage.read(name);
      if (ZeroRun.end(data, SegmentHeader.SIZE) < data.length) {
        return false;
      }
    }
    return true;
  }

  /**
   * Why this build cannot read a log, if another one wrote it: another version of the format, or
   * kinds of usage that are not known here.
   */
  public static Optional<String> otherBuild(LogStorage storage) throws IOException {
    List<String> names = storage.segments();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    byte[] header = new byte[SegmentHeader.SIZE];
    int length = storage.read(names.getFirst(), 0, header, 0, header.length);
    return length < header.length ? Optional.empty() : SegmentHeader.otherBuild(header);
  }

  /** Passes over the segments before that number. */
  public LogReader from(int segment) {
    return new LogReader(storage, ledger, log, segment);
  }

  /** Gives every valid record to {@code each}, in order, and tells how the log ends. */
  public LogScan scan(Consumer<Found> each) throws IOException {
    String oldest = SegmentHeader.fileName(from);
    List<String> names =
        storage.segments().stream()
            .filter(name -> from == 1 || name.compareTo(oldest) >= 0)
            .toList();
    LogPosition none = new LogPosition(0, 0);
    if (names.isEmpty()) {
      return new LogScan(
          Optional.empty(), 0, none, none, 0, refused(NO_HEADER, "-", 0, "there is no segment"));
    }
    byte[] data = storage.read(names.getFirst());
    Optional<SegmentHeader> header = SegmentHeader.decode(data);
    Optional<LogEnd> refusal =
        header.isEmpty()
            ? Optional.of(headless(data, names.getFirst()))
            : check(header.get(), names.getFirst());
    if (refusal.isPresent()) {
      return new LogScan(header.map(SegmentHeader::identity), 0, none, none, 0, refusal.get());
    }
    SegmentHeader first = header.orElseThrow();
    return new Pass(names, first, each).run(data);
  }

  private Optional<LogEnd> check(SegmentHeader header, String name) {
    LogIdentity identity = header.identity();
    if (ledger.isPresent() && !ledger.get().equals(identity.ledger())) {
      return Optional.of(
          refused(
              OTHER_LEDGER,
              name,
              0,
              "ledger " + identity.ledger() + " (expected: " + ledger.get() + ")"));
    }
    if (log.isPresent() && !log.get().equals(identity.log())) {
      return Optional.of(
          refused(OTHER_LOG, name, 0, "log " + identity.log() + " (expected: " + log.get() + ")"));
    }
    return Optional.empty();
  }

  private static LogEnd headless(byte[] data, String name) {
    return SegmentHeader.otherBuild(data)
        .map(what -> refused(OTHER_BUILD, name, 0, what))
        .orElseGet(() -> refused(NO_HEADER, name, 0, "there is no header"));
  }

  private static LogEnd refused(LogEnd.Fault fault, String name, long offset, String what) {
    return new LogEnd.Refused(fault, new Place(name, offset), what);
  }

  /** One reading. */
  private final class Pass {
    private final List<String> names;
    private final SegmentHeader first;
    private final Consumer<Found> each;
    private final RecordFrames frames;
    private LogPosition last;
    private long forced;
    private long records;
    private boolean closed;

    private Pass(List<String> names, SegmentHeader first, Consumer<Found> each) {
      this.names = names;
      this.first = first;
      this.each = each;
      this.frames = new RecordFrames(first.identity().log());
      this.last = first.start();
    }

    private LogScan run(byte[] firstData) throws IOException {
      byte[] data = firstData;
      for (int i = 0; ; i++) {
        int stop = valid(names.get(i), data);
        boolean more = i + 1 < names.size();
        byte[] nextData = more && !closed ? storage.read(names.get(i + 1)) : new byte[0];
        Optional<SegmentHeader> next = SegmentHeader.decode(nextData);
        if (next.isPresent()) {
          Optional<LogEnd> refusal = follows(next.get(), i + 1);
          if (refusal.isPresent()) {
            return scan(refusal.get());
          }
          if (next.get().start().equals(last)) {
            data = nextData;
            continue;
          }
        }
        return scan(end(i, data, stop));
      }
    }

    /** Consumes valid records; answers where the first one that is not valid would begin. */
    private int valid(String name, byte[] data) {
      int offset = SegmentHeader.SIZE;
      while (!closed) {
        Optional<Frame> read = frames.read(data, offset);
        if (read.isEmpty()
            || read.get().sequence() != last.sequence() + 1
            || read.get().previous() != last.chain()) {
          return offset;
        }
        Frame frame = read.get();
        last = frame.position();
        forced = Math.max(forced, frame.forced());
        records++;
        closed = frame.record() instanceof LogRecord.Close;
        each.accept(found(name, offset, frame));
        offset += frame.bytes();
      }
      return offset;
    }

    private Optional<LogEnd> follows(SegmentHeader next, int index) {
      String name = names.get(index);
      if (!next.identity().equals(first.identity())) {
        return Optional.of(
            check(next, name)
                .orElseGet(
                    () ->
                        refused(
                            OTHER_LOG,
                            name,
                            0,
                            next.identity() + " (expected: " + first.identity() + ")")));
      }
      int expected = first.number() + index;
      return next.number() == expected
          ? Optional.empty()
          : Optional.of(
              refused(
                  OTHER_ORDER,
                  name,
                  0,
                  "segment " + next.number() + " (expected: " + expected + ")"));
    }

    /** What comes after the last valid record: nothing, rubbish, or records. */
    private LogEnd end(int index, byte[] data, int stop) throws IOException {
      Place place = new Place(names.get(index), stop);
      List<Found> rest = new ArrayList<>();
      boolean blank = look(names.get(index), data, stop, rest);
      for (String later : names.subList(index + 1, names.size())) {
        byte[] more = storage.read(later);
        // the header of a segment without any record says nothing
        int from = SegmentHeader.decode(more).isPresent() ? SegmentHeader.SIZE : 0;
        blank &= look(later, more, from, rest);
      }
      if (!rest.isEmpty()) {
        return new LogEnd.Hole(
            place, last.sequence() + 1, rest.getFirst().place(), forced, List.copyOf(rest));
      }
      if (!blank) {
        return new LogEnd.TornTail(place);
      }
      return closed ? new LogEnd.Closed(place) : new LogEnd.Open(place);
    }

    /**
     * Collects whatever is a record from there on; answers whether all is zeros. A frame begins
     * with its length, so none begins among zeros: they, most of what there is, are passed over.
     */
    private boolean look(String name, byte[] data, int from, List<Found> rest) {
      boolean blank = true;
      int offset = from;
      for (int used = ZeroRun.end(data, from);
          used < data.length;
          used = ZeroRun.end(data, offset)) {
        blank = false;
        offset = Math.max(offset, used - used % RecordFrames.ALIGNMENT);
        Optional<Frame> read = frames.read(data, offset);
        if (read.isPresent()) {
          forced = Math.max(forced, read.get().forced());
          rest.add(found(name, offset, read.get()));
        }
        offset += read.map(Frame::bytes).orElse(RecordFrames.ALIGNMENT);
      }
      return blank;
    }

    private Found found(String name, int offset, Frame frame) {
      return new Found(new Place(name, offset), frame.position(), frame.bytes(), frame.record());
    }

    private LogScan scan(LogEnd end) {
      return new LogScan(
          Optional.of(first.identity()), first.number(), first.start(), last, records, end);
    }
  }
}
