package io.tollgate.metering;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets requests through against their users' means. Safe for use by many threads. */
public interface Passages {
  /**
   * Reserves the estimate from the user's means.
   *
   * @return the passage; or a stage failed with {@link io.tollgate.ground.Refusal}: {@code
   *     INSUFFICIENT_MEANS} when not even {@link PassageRequest#least()} is covered or something is
   *     owed, {@code INVALID_REQUEST} when the estimate has something without a price, {@code
   *     UNAVAILABLE} when the database does not answer
   */
  CompletionStage<Passage> open(PassageRequest request);

  /**
   * Looks whether the user's means and limits would cover the request's least, and reserves
   * nothing: before something large is read for it. Who cannot tell lets it pass, as {@link #open}
   * decides.
   *
   * @return completes if so; else fails as {@link #open} would
   */
  default CompletionStage<?> check(PassageRequest request) {
    return CompletableFuture.completedFuture(request);
  }
}
