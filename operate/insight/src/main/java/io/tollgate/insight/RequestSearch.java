package io.tollgate.insight;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds requests in the log. What a request has ended with can be found about a second later.
 * Blocking; safe for use by many threads.
 */
public interface RequestSearch {
  /**
   * Requests, newest first.
   *
   * @param limit rows at most, 1 to 10,000
   * @param after the last row of the page before, if there was one
   * @throws io.tollgate.ground.Refusal {@code UNAVAILABLE} when the store is away or too busy
   */
  List<LoggedRow> find(LogFilter filter, int limit, Optional<LogPosition> after);

  /** How many there are, those that others stand for included. */
  long count(LogFilter filter);

  /**
   * Those of these that there are, in no order.
   *
   * @param requests 10,000 at most
   * @param earliest none of them arrived before
   * @param latest none of them arrived after
   */
  List<LoggedRow> find(Collection<UUID> requests, Instant earliest, Instant latest);

  /**
   * Writes requests as a file of Parquet, newest first.
   *
   * @param rowsMax how many, at most
   */
  void parquet(LogFilter filter, long rowsMax, OutputStream out) throws IOException;

  /** What they have in common, the largest groups first; hours and days in their order. */
  List<LogStatistics> statistics(LogFilter filter, LogGrouping grouping, int limit);

  /**
   * What they have in common hour by hour, and in each by group; in the order of time.
   *
   * @param grouping by what hours are divided; not by time
   */
  List<LogHour> hours(LogFilter filter, LogGrouping grouping, int limit);
}
