package io.tollgate.insight;

import java.io.IOException;
import java.util.List;

/** Brings requests to the process that has the log. For one thread. */
@FunctionalInterface
public interface RequestCarrier {
  /** How many it is given at a time, at most. */
  int ROWS_MAX = 500;

  /**
   * Brings them there, all of them at least once.
   *
   * @throws IOException when it is not known that all have come to where they are kept; the same
   *     are given again then
   */
  void carry(List<LoggedRow> rows) throws IOException;
}
