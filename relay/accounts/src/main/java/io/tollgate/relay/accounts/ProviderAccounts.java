package io.tollgate.relay.accounts;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import java.util.function.UnaryOperator;

/**
 * The stored accounts with providers, and their changes. Blocking; safe for use by many threads. A
 * change in a caller's transaction is seen by the gateways' routing a moment after its commit;
 * where the database's notice of it is lost, when they reload. Changes without a transaction are
 * seen by this process's routing before the call returns.
 */
public interface ProviderAccounts {
  /**
   * Keeps an account, and its provider where that is new; an account of the same provider and name
   * gets these terms, so that saying it twice is saying it once.
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

  /** Those that are not deleted, the oldest first. */
  ListPage<AccountStanding> list(
      Transaction transaction, AccountFilter filter, ListRequest request);

  /**
   * One of them.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such account
   */
  AccountStanding find(Transaction transaction, ProviderAccountId account);

  /**
   * Keeps a new account.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such provider; {@code
   *     CONFLICT} when it has an account of that name
   */
  AccountStanding create(Transaction transaction, AccountSettings settings);

  /**
   * Changes an account. Keys that keep their number keep their health.
   *
   * @param change gives the new settings for the old; the provider stays
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such account; {@code
   *     CONFLICT} when the name is taken, or the old secrets cannot be opened and are to be kept
   */
  AccountStanding edit(
      Transaction transaction, ProviderAccountId account, UnaryOperator<AccountSettings> change);

  /**
   * Deletes an account: it serves no more and is not listed; its name is free again. What it served
   * still names it.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such account
   */
  void archive(Transaction transaction, ProviderAccountId account);

  /**
   * Ends every rest and ban of an account and its keys, in all gateways.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such account
   */
  AccountStanding reset(Transaction transaction, ProviderAccountId account);
}
