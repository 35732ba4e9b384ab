package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

/**
 * A token as a request presents it.
 *
 * @param inCookie whether a browser sent it along
 */
record Presented(String token, boolean inCookie) {
  Presented {
    requireNonNull(token, "token is null");
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "Presented[inCookie=" + inCookie + "]";
  }
}
