package io.tollgate.relay.accounts;

/**
 * One request on one account. Counts as load until it is ended; only the first of its endings
 * counts. Safe on any thread.
 */
public interface AccountUse {
  /** The account, with the key to use. */
  ProviderAccount account();

  /** The answer has begun: how long that took is what the account's latency is taken from. */
  default void answered() {}

  /**
   * How many tokens it has really used, in place of what was expected: what the account's limit of
   * tokens per minute counts. At most once.
   */
  default void used(long tokens) {}

  /** The account answered. */
  void succeeded();

  /** The account did not serve the request, and why; it rests accordingly. */
  void failed(AccountFailure failure);

  /** The request ended for reasons that say nothing of the account. */
  void released();
}
