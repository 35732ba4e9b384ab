package io.tollgate.metering;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ChargeId;
import java.util.concurrent.CompletionStage;

/**
 * A request that was let through and whose result is not recorded yet. Confined to one event loop:
 * its methods are called there, and it completes its stages on a thread of its own, from which
 * callers hop back.
 */
public interface Passage {
  ChargeId id();

  /** How many tokens the reservation covers at least. */
  TokenUsage reserved();

  /**
   * Reserves more, for a stream that outgrows its reservation.
   *
   * @param usage what is to be covered in all
   * @return whether it is covered now; if not, the stream ends here
   */
  CompletionStage<Boolean> extend(TokenUsage usage);

  /** Notes how far a stream has come, for a recovery to charge at least that. */
  void progress(TokenUsage soFar);

  /**
   * Records what the passage costs and gives back the rest of the reservation, once; it is durable
   * when the stage completes, and booked later. The last byte goes out after it. What was used
   * beyond the reservation may have to be asked of the database first.
   */
  CompletionStage<Charge> record(PassageResult result);
}
