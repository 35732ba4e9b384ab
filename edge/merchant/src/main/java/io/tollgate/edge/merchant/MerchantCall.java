package io.tollgate.edge.merchant;

import static java.util.Objects.requireNonNull;

import io.vertx.core.http.HttpMethod;

/**
 * One call of the interface.
 *
 * @param movesMoney whether it heeds {@code Idempotency-Key}
 */
record MerchantCall(HttpMethod method, String path, boolean movesMoney, Work work) {
  MerchantCall {
    requireNonNull(method, "method is null");
    requireNonNull(path, "path is null");
    requireNonNull(work, "work is null");
  }

  static MerchantCall get(String path, Work work) {
    return new MerchantCall(HttpMethod.GET, path, false, work);
  }

  static MerchantCall post(String path, Work work) {
    return new MerchantCall(HttpMethod.POST, path, false, work);
  }

  /** One that moves money. */
  static MerchantCall moving(String path, Work work) {
    return new MerchantCall(HttpMethod.POST, path, true, work);
  }

  /** What is done. */
  @FunctionalInterface
  interface Work {
    /**
     * @return the answer's data, as JSON
     * @throws MerchantFault or {@code Refusal} to answer with an error
     */
    String run(Caller caller, Parameters parameters);
  }
}
