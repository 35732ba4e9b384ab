package io.tollgate.relay.accounts;

/**
 * The stored accounts with providers, and their changes. Blocking; safe for use by many threads. A
 * change is seen by this process's routing before the call returns, by other processes when they
 * reload.
 */
public interface ProviderAccounts {
  /**
   * Keeps an account, and its provider where that is new; an account of the same provider and name
   * is replaced, so that saying it twice is saying it once.
   *
   * @throws io.tollgate.ground.Refusal {@code CONFLICT} when the provider is known with another
   *     protocol
   */
  ProviderAccountId save(NewProviderAccount account);

  /**
   * Lets an account serve, or stops it from serving; running requests go on.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such account
   */
  void setEnabled(ProviderAccountId account, boolean enabled);

  /** Reads the accounts again. */
  void reload();
}
