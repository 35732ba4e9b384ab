package io.tollgate.billing;

/**
 * Charges calls of services to users, each once. Calls of many callers are written together, in one
 * transaction; what is answered is durable. Blocking: call it on virtual threads. Safe for use by
 * many threads.
 *
 * <p>All of them answer {@code UNAVAILABLE} when more wait than may, or the database does not
 * answer. A call without a request id that was answered so may have been charged or not.
 */
public interface ServiceCharges {
  /**
   * Whether the calls would be let through; with a request id what they cost is reserved. The same
   * request id again: the same answer, and nothing reserved besides.
   *
   * @throws io.tollgate.ground.Refusal {@code SERVICE_NOT_FOUND}; {@code INVALID_REQUEST} when the
   *     user's id cannot be one; {@code IDEMPOTENCY_CONFLICT} when the request id was used for
   *     something else
   */
  QuotaAnswer check(QuotaCheck check);

  /**
   * Charges the calls: free quota first, the rest from the user's money. The same request id again:
   * the first answer, and nothing charged. What a check with this request id has reserved is used.
   *
   * @throws io.tollgate.ground.Refusal {@code INSUFFICIENT_MEANS} when quota and money do not cover
   *     it, and nothing was changed; {@code SERVICE_NOT_FOUND}; {@code INVALID_REQUEST} when the
   *     service has no price and no cost is given, or it is too much to be counted; {@code
   *     IDEMPOTENCY_CONFLICT} when the request id was used for something else
   */
  ChargeReceipt deduct(ServiceDeduct deduct);

  /**
   * Gives back what a charge has taken, to where it was taken from, once. The same refund again:
   * the same answer, and nothing given back.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when the tenant has no such charge; {@code
   *     CONFLICT} when it was given back for another reason
   */
  ChargeReceipt refund(ServiceRefund refund);
}
