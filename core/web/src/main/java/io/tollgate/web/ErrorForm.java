package io.tollgate.web;

import io.tollgate.ground.Refusal;
import java.util.Optional;

/**
 * How an interface writes its errors. Each interface has one; errors are mapped at the edge only.
 */
@FunctionalInterface
public interface ErrorForm {
  /**
   * The answer to a refusal. The edge adds {@code X-Request-Id}, {@code Retry-After} and the like.
   *
   * @param requestId as answered in {@code X-Request-Id}
   */
  Response render(Refusal refusal, String requestId);

  /**
   * The same, where the interface writes its sentences in several languages.
   *
   * @param acceptLanguage what the caller reads, as it said
   */
  default Response render(Refusal refusal, String requestId, Optional<String> acceptLanguage) {
    return render(refusal, requestId);
  }
}
