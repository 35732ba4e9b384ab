package io.tollgate.insight;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The one list of requests: those of the log, and those in doubt that only the books know, each
 * with its cost as the books have it. A process that has no log lists what is in the books.
 * Blocking; safe for use by many threads.
 */
public interface RequestList {
  /**
   * Whether there is a log: without, refused requests are not known, nor what none but it knows.
   */
  boolean hasLog();

  /**
   * Requests, newest first.
   *
   * @param limit rows at most, 1 to 10,000
   * @param after the last row of the page before, if there was one
   * @throws io.tollgate.ground.Refusal {@code UNAVAILABLE} when the log is away or too busy, or
   *     there is none and the filter asks for what only a log knows
   */
  List<ListedRequest> find(LogFilter filter, int limit, Optional<LogPosition> after);

  /** One of them. */
  Optional<ListedRequest> find(UUID request);

  /** How many there are, those that others stand for included. */
  long count(LogFilter filter);

  /**
   * What those of the log have in common, the largest groups first; hours and days in their order.
   *
   * @throws io.tollgate.ground.Refusal {@code UNAVAILABLE} where there is no log
   */
  List<LogStatistics> statistics(LogFilter filter, LogGrouping grouping, int limit);

  /**
   * The same hour by hour, as {@link RequestSearch#hours}.
   *
   * @throws io.tollgate.ground.Refusal {@code UNAVAILABLE} where there is no log
   */
  List<LogHour> hours(LogFilter filter, LogGrouping grouping, int limit);

  /**
   * Hands them over one after the other, newest first, without holding more than a part of them.
   *
   * @param rowsMax how many, at most
   */
  void each(LogFilter filter, long rowsMax, RowConsumer consumer) throws IOException;

  /**
   * Writes those of the log as a file of Parquet.
   *
   * @throws io.tollgate.ground.Refusal {@code UNAVAILABLE} where there is no log
   */
  void parquet(LogFilter filter, long rowsMax, OutputStream out) throws IOException;

  /** Takes rows one by one. */
  @FunctionalInterface
  interface RowConsumer {
    /** Takes one; what it throws ends the export. */
    void take(ListedRequest row) throws IOException;
  }
}
