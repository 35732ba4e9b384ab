package io.tollgate.sandbox.internal.exchange;

import io.tollgate.sandbox.internal.json.Problem;
import io.vertx.core.http.HttpServerRequest;

/** A protocol's own ways around its requests and answers. */
public interface Dialect {
  /**
   * Looks for a key of the sandbox account, which is any.
   *
   * @throws Problem when there is none where this protocol has it
   */
  void demandKey(HttpServerRequest request);

  /** The body of a refusal. */
  String problem(Problem problem, String requestId);

  /** The header of an answer that tells the provider's own id of the request. */
  default String idHeader() {
    return "x-request-id";
  }
}
