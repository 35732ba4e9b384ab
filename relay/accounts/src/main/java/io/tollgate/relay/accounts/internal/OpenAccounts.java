package io.tollgate.relay.accounts.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.Notifications;
import io.tollgate.data.Transactions;
import io.tollgate.relay.accounts.AccountRouting;
import io.tollgate.relay.accounts.AccountsConfig;
import io.tollgate.relay.accounts.ProviderAccounts;
import io.tollgate.relay.accounts.Providers;
import io.tollgate.relay.accounts.SecretBox;
import io.tollgate.relay.accounts.TenantRoutings;
import java.util.function.LongSupplier;

/** Accounts, routing, and the thread that keeps them together, connected. */
public final class OpenAccounts implements AutoCloseable {
  private final AccountKeeper keeper;
  private final AccountRouter router;
  private final AccountStore store;
  private final Providers providers = new ProviderTable();
  private final TenantRoutings routings = new StoredRoutings();

  private OpenAccounts(AccountKeeper keeper, AccountRouter router, AccountStore store) {
    this.keeper = keeper;
    this.router = router;
    this.store = store;
  }

  /** Reads everything, and begins to keep it current. */
  public static OpenAccounts of(
      Transactions transactions,
      SecretBox secretBox,
      LongSupplier nanoTime,
      AccountsConfig config,
      MeterRegistry registry) {
    AccountSecrets secrets = new AccountSecrets(secretBox);
    AccountKeeper keeper = new AccountKeeper(transactions, nanoTime);
    AccountRouter router = new AccountRouter(nanoTime, config, keeper::changed, registry);
    RouteLoading loading = new RouteLoading(transactions, secrets, router);
    loading.all();
    keeper.start(loading, config);
    return new OpenAccounts(keeper, router, new AccountStore(transactions, secrets, loading::all));
  }

  public void follow(Notifications notifications) {
    notifications.subscribe(AccountKeeper.CHANNEL, keeper);
  }

  public ProviderAccounts accounts() {
    return store;
  }

  public Providers providers() {
    return providers;
  }

  public TenantRoutings routings() {
    return routings;
  }

  public AccountRouting routing() {
    return router;
  }

  @Override
  public void close() {
    keeper.close();
  }
}
