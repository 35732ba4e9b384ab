package io.tollgate.metering;

import java.util.concurrent.CompletionStage;

/** Lets requests through against their users' means. Safe for use by many threads. */
public interface Passages {
  /**
   * Reserves the estimate from the user's means.
   *
   * @return the passage; or a stage failed with {@link io.tollgate.ground.Refusal}: {@code
   *     INSUFFICIENT_MEANS} when not even {@link PassageRequest#least()} is covered or something is
   *     owed, {@code UNAVAILABLE} when the database does not answer
   */
  CompletionStage<Passage> open(PassageRequest request);
}
