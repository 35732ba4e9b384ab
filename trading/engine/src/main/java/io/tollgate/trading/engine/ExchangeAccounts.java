package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.trading.exchange.Exchange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Accounts of users at exchanges. Credentials are kept sealed, each under a key of its own; no
 * exchange is asked about them here. Runs in the caller's transaction. Safe for use by many
 * threads.
 */
public interface ExchangeAccounts {
  /**
   * Binds an account. With the key of an account that the user has bound already its secret and
   * passphrase are replaced, and it is the same account.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when the exchange wants a passphrase
   *     and there is none; {@code USER_NOT_FOUND} when the user is gone; {@code CONFLICT} when
   *     another user of the tenant has bound the key; {@code PLAN_LIMIT} when the tenant's plan has
   *     no room for another account
   */
  ExchangeAccount bind(Transaction transaction, NewAccount order);

  /**
   * Forgets an account's credentials for good. What was traded with it stays.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when the user has no such account; {@code
   *     CONFLICT} while a strategy runs on it
   */
  void unbind(Transaction transaction, TenantId tenant, UserId user, long account);

  /**
   * Stops whatever a user's accounts follow and forgets their credentials for good, when the user
   * goes. What was traded with them stays.
   *
   * @return how many accounts were bound
   */
  int forget(Transaction transaction, TenantId tenant, UserId user);

  /** An account of a user that is bound. */
  Optional<ExchangeAccount> find(
      Transaction transaction, TenantId tenant, UserId user, long account);

  /** A user's accounts that are bound, the oldest first. */
  List<ExchangeAccount> of(Transaction transaction, TenantId tenant, UserId user);

  /** Accounts that are bound, the newest first. */
  ListPage<ExchangeAccount> list(
      Transaction transaction, AccountFilter filter, ListRequest request);

  /**
   * With what is traded on an account.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such account, or it is
   *     not bound any more
   */
  Credentials credentials(Transaction transaction, TenantId tenant, long account);

  /**
   * Which accounts.
   *
   * @param executionNode that trades for them
   * @param unassigned whether they are those without a node
   */
  record AccountFilter(
      Optional<TenantId> tenant,
      Optional<UserId> user,
      Optional<Exchange> exchange,
      OptionalLong executionNode,
      Optional<Boolean> unassigned) {
    public AccountFilter {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(exchange, "exchange is null");
      requireNonNull(executionNode, "executionNode is null");
      requireNonNull(unassigned, "unassigned is null");
    }
  }

  /** An account that is to be bound. */
  record NewAccount(
      TenantId tenant,
      UserId user,
      Exchange exchange,
      AccountType type,
      boolean sandbox,
      Credentials credentials) {
    public NewAccount {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(exchange, "exchange is null");
      requireNonNull(type, "type is null");
      requireNonNull(credentials, "credentials is null");
    }
  }
}
