package io.tollgate.metering.internal.settlement;

/**
 * The books as the settler sees them. Each call is one transaction and blocks. A call that fails
 * with an exception may or may not have been done: asking again is safe, since a batch counts only
 * where the log stands at {@link SettlementBatch#from}.
 */
public interface SettlementBook {
  /**
   * Books a batch. Never refused for age or lack of means: a leg takes what the log's lease has
   * left, then what is available, then it is owed.
   *
   * @throws io.tollgate.ground.Refusal {@code UNAVAILABLE} when the database does not answer
   * @throws RuntimeException anything else is about the batch's content
   */
  SettlementAnswer settle(SettlementBatch batch);

  /**
   * Moves past the one charge of a batch that cannot be booked, and keeps it raw as an exception
   * with an owner; its means stay held.
   *
   * @param why what booking it failed with
   */
  SettlementAnswer keepException(SettlementBatch one, String why);
}
