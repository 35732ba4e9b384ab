package io.tollgate.insight;

import java.util.List;

/** Puts requests into the log that others tell of. Blocking; safe for use by many threads. */
public interface RequestTaking {
  /** How many may be put in at a time. */
  int ROWS_MAX = 1_000;

  /**
   * Keeps those that the log does not have yet, all of them or none.
   *
   * <p>One is known by its id among those that arrived in the time of these rows or ten minutes
   * before and after, so that the same rows again change nothing.
   *
   * @param rows {@link #ROWS_MAX} at most; times in whole microseconds
   * @return how many were new
   * @throws io.tollgate.ground.Refusal {@code UNAVAILABLE} when the log cannot be written now
   */
  int take(List<LoggedRow> rows);
}
