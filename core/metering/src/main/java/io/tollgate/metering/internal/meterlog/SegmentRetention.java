package io.tollgate.metering.internal.meterlog;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Lets go of what recovery no longer needs: segments before the one with the oldest intent whose
 * result is not settled, when all their records are old enough; and only from the front, so that
 * what remains is one log.
 */
public final class SegmentRetention {
  private SegmentRetention() {}

  /**
   * Deletes the segments that may go and answers their numbers, ascending; never the last one.
   *
   * @param needed number of the oldest segment that recovery needs
   * @param before only segments whose records are all older: the earlier of 24 hours ago and the
   *     last backup
   */
  public static List<Integer> release(LogStorage storage, int needed, Instant before)
      throws IOException {
    List<Integer> released = new ArrayList<>();
    List<String> names = storage.segments();
    for (int i = 0; i + 1 < names.size(); i++) {
      int number = SegmentHeader.number(names.get(i));
      // the first record after a segment is as new as any in it
      Optional<Instant> end = first(storage, names.get(i + 1));
      if (number >= needed || end.filter(before::isAfter).isEmpty()) {
        break;
      }
      storage.delete(names.get(i));
      released.add(number);
    }
    return List.copyOf(released);
  }

  /**
   * Deletes the segment that a writer had kept ready and never came to, from a log that has ended.
   */
  public static void dropBlank(LogStorage storage) throws IOException {
    List<String> names = storage.segments();
    for (String name : names.subList(Math.min(1, names.size()), names.size())) {
      byte[] bytes = new byte[SegmentHeader.SIZE];
      int count = storage.read(name, 0, bytes, 0, bytes.length);
      if (Arrays.equals(bytes, 0, count, new byte[SegmentHeader.SIZE], 0, count)) {
        storage.delete(name);
      }
    }
  }

  /** Whether every record of a log is older. */
  public static boolean isOlder(LogStorage storage, Instant before) throws IOException {
    List<String> names = storage.segments();
    int from = 1;
    for (String name : names) {
      Optional<Instant> first = first(storage, name);
      if (first.isPresent() && !first.get().isBefore(before)) {
        return false;
      }
      from = first.isPresent() ? SegmentHeader.number(name) : from;
    }
    List<Instant> newer = new ArrayList<>();
    var unused =
        LogReader.of(storage)
            .from(from)
            .scan(
                found -> {
                  if (newer.isEmpty() && !found.record().at().isBefore(before)) {
                    newer.add(found.record().at());
                  }
                });
    return newer.isEmpty();
  }

  /** When the first record of a segment was written. */
  private static Optional<Instant> first(LogStorage storage, String name) throws IOException {
    byte[] bytes = new byte[SegmentHeader.SIZE + RecordFrames.MAX];
    int count = storage.read(name, 0, bytes, 0, bytes.length);
    if (count < SegmentHeader.SIZE) {
      return Optional.empty();
    }
    return SegmentHeader.decode(bytes)
        .flatMap(
            header -> new RecordFrames(header.identity().log()).read(bytes, SegmentHeader.SIZE))
        .map(frame -> frame.record().at());
  }
}
