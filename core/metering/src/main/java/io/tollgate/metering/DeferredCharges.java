package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ChargeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Requests whose result comes long after they were answered: batches, and answers made in the
 * background. What they may cost is held in the books under their own id, belongs to no process,
 * and stays held until somebody says how they ended. Every method blocks. Safe for use by many
 * threads.
 */
public interface DeferredCharges {
  /**
   * Reserves what the parts may cost, each priced by itself, from the user's means and within their
   * spend limits. Means that lie idle in leases are called back first.
   *
   * @param request its estimate is what is shown of it; the parts are what is reserved for
   * @throws io.tollgate.ground.Refusal {@code INSUFFICIENT_MEANS} when not all of it is covered or
   *     something is owed, {@code INVALID_REQUEST} when something of it has no price, {@code
   *     CONFLICT} when the id was used before; nothing is held then
   */
  void open(PassageRequest request, List<TokenUsage> parts);

  /** What is open under the id, locked until the transaction ends; empty when it has ended. */
  Optional<PassageRequest> lock(Transaction transaction, ChargeId charge);

  /**
   * Charges what came of it and lifts what is left of the hold, once, with the transaction.
   *
   * @param items what is charged, each as a request of its own in the books; an id may be there
   *     once
   * @return what each of them cost, in their order; empty when it had ended before, and nothing is
   *     changed then
   */
  Optional<List<Charge>> settle(Transaction transaction, ChargeId charge, List<Item> items);

  /**
   * The same of something that happened before now.
   *
   * @param effectiveAt when it happened for the business
   */
  Optional<List<Charge>> settle(
      Transaction transaction, ChargeId charge, List<Item> items, Instant effectiveAt);

  /**
   * Nobody will tell how it ended: it is charged by its tenant's rule, or waits for their decision.
   *
   * @return whether it was open
   */
  boolean giveUp(Transaction transaction, ChargeId charge);

  /**
   * What is open and older, and not in doubt yet, the oldest first.
   *
   * @param limit most that are answered
   */
  List<PassageRequest> openedBefore(Transaction transaction, Instant before, int limit);

  /**
   * Something that is charged.
   *
   * @param charge the open request's own id, or one of this item alone
   * @param clientRequestId by which the caller finds it again
   */
  record Item(ChargeId charge, Optional<String> clientRequestId, PassageResult result) {
    public Item {
      requireNonNull(charge, "charge is null");
      requireNonNull(clientRequestId, "clientRequestId is null");
      requireNonNull(result, "result is null");
    }
  }
}
