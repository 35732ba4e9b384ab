package io.tollgate.insight;

/** Where a request is to stand in the books. */
public enum BookState {
  /** In them at all, under way or charged. */
  ANY,
  SETTLED,
  IN_DOUBT,
  PENDING
}
