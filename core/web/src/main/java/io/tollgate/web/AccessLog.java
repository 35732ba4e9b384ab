package io.tollgate.web;

/** Which requests get a line in the log. */
public enum AccessLog {
  /** Every request. */
  ALL,
  /** Those answered 400 or above, and those whose answer was cut off. */
  FAILED,
  NONE;

  /**
   * Whether a request gets its line.
   *
   * @param whole whether the answer was written to its end
   */
  public boolean shows(int status, boolean whole) {
    return switch (this) {
      case ALL -> true;
      case FAILED -> status >= 400 || !whole;
      case NONE -> false;
    };
  }
}
