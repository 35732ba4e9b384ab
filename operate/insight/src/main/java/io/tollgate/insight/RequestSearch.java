package io.tollgate.insight;

import java.util.List;
import java.util.Optional;

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

  /** What they have in common, the largest groups first; hours and days in their order. */
  List<LogStatistics> statistics(LogFilter filter, LogGrouping grouping, int limit);
}
