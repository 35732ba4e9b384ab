package io.tollgate.relay.accounts;

import io.tollgate.data.Transactions;
import io.tollgate.relay.accounts.internal.AccountReloader;
import io.tollgate.relay.accounts.internal.AccountRouter;
import io.tollgate.relay.accounts.internal.AccountStore;
import java.util.function.LongSupplier;

/**
 * The provider accounts and their routing, kept current by a thread that reads them again. Closing
 * it stops that thread. Safe for use by many threads.
 */
public final class RelayAccounts implements AutoCloseable {
  private final AccountStore store;
  private final AccountRouter router;
  private final AccountReloader reloader;

  private RelayAccounts(AccountStore store, AccountRouter router, AccountReloader reloader) {
    this.store = store;
    this.router = router;
    this.reloader = reloader;
  }

  /**
   * Reads the accounts and keeps them current. Blocking.
   *
   * @param nanoTime monotonic time, as {@link System#nanoTime}
   */
  public static RelayAccounts open(
      Transactions transactions,
      SecretBox secretBox,
      LongSupplier nanoTime,
      AccountsConfig config) {
    AccountRouter router = new AccountRouter(nanoTime, config);
    AccountStore store = new AccountStore(transactions, secretBox, router::replace);
    store.reload();
    return new RelayAccounts(store, router, AccountReloader.start(store, config));
  }

  public ProviderAccounts accounts() {
    return store;
  }

  public AccountRouting routing() {
    return router;
  }

  @Override
  public void close() {
    reloader.close();
  }
}
