package io.tollgate.sandbox.internal.exchange;

import io.tollgate.sandbox.internal.steering.Steering;

/** Answers one kind of request; called on any thread. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Plans the answer.
   *
   * @throws io.tollgate.sandbox.internal.json.Problem when the request or its steering is not
   *     allowed
   */
  Reply plan(Asked asked, Steering steering);
}
