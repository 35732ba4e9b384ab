package io.tollgate.web.internal;

import io.vertx.core.http.HttpServerRequest;

/**
 * What the body of one request takes of its server's memory. Given back when the request is over,
 * or by whoever took it over. Confined to the request's event loop.
 */
public final class HeldBytes {
  private final BodyBudget budget;
  private final CallerNetwork network;
  private long bytes;

  HeldBytes(BodyBudget budget, CallerNetwork network) {
    this.budget = budget;
    this.network = network;
  }

  /** Those of a request. */
  public static HeldBytes of(HttpServerRequest request) {
    return ConnectionGuard.of(request).current().held();
  }

  /**
   * Keeps a request's bytes beyond its end, as when the caller hangs up while a thread still works
   * on the body; to be released by whom it is given to.
   */
  static HeldBytes takeOver(HttpServerRequest request) {
    return ConnectionGuard.of(request).current().giveAwayHeld();
  }

  /** Takes memory that is about to be allocated; false when the server has no more. */
  public boolean reserve(long more) {
    if (!budget.reserve(network, bytes, more)) {
      return false;
    }
    bytes += more;
    return true;
  }

  /** Gives all of it back; to be called again does nothing. */
  public void release() {
    if (bytes > 0) {
      budget.release(network, bytes);
      bytes = 0;
    }
  }
}
