package io.tollgate.relay.accounts.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.Notifications;
import io.tollgate.data.Transactions;
import io.tollgate.redis.RedisStore;
import io.tollgate.relay.accounts.AccountRouting;
import io.tollgate.relay.accounts.AccountsConfig;
import io.tollgate.relay.accounts.KeptObjects;
import io.tollgate.relay.accounts.ProviderAccounts;
import io.tollgate.relay.accounts.Providers;
import io.tollgate.relay.accounts.SecretBox;
import io.tollgate.relay.accounts.TenantRoutings;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Accounts, routing, and the thread that keeps them together, connected. */
public final class OpenAccounts implements AutoCloseable {
  private final AccountKeeper keeper;
  private final Optional<HealthChannel> channel;
  private final AccountRouter router;
  private final AccountStore store;
  private final CostFactors factors;
  private final Providers providers = new ProviderTable();
  private final TenantRoutings routings = new StoredRoutings();
  private final StoredKept kept;

  private OpenAccounts(
      AccountKeeper keeper,
      Optional<HealthChannel> channel,
      AccountRouter router,
      AccountStore store,
      CostFactors factors,
      StoredKept kept) {
    this.kept = kept;
    this.keeper = keeper;
    this.channel = channel;
    this.router = router;
    this.store = store;
    this.factors = factors;
  }

  /**
   * Reads everything, and begins to keep it current.
   *
   * @param redis through which gateways tell each other of health too, where there is one
   */
  public static OpenAccounts of(
      Transactions transactions,
      Optional<RedisStore> redis,
      SecretBox secretBox,
      LongSupplier nanoTime,
      AccountsConfig config,
      MeterRegistry registry) {
    AccountSecrets secrets = new AccountSecrets(secretBox);
    AccountKeeper keeper = new AccountKeeper(transactions, nanoTime);
    Optional<HealthChannel> channel = redis.map(store -> new HealthChannel(store, nanoTime));
    Consumer<Health> changed =
        channel
            .<Consumer<Health>>map(
                told ->
                    health -> {
                      told.changed(health);
                      keeper.changed(health);
                    })
            .orElse(keeper::changed);
    AccountRouter router = new AccountRouter(nanoTime, config, changed, registry);
    CostFactors factors = new CostFactors();
    RouteLoading loading = new RouteLoading(transactions, secrets, router, factors);
    loading.all();
    keeper.start(loading, config);
    channel.ifPresent(told -> told.start(router::learn));
    return new OpenAccounts(
        keeper,
        channel,
        router,
        new AccountStore(transactions, secrets, loading::all),
        factors,
        new StoredKept(transactions));
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

  public CostFactors costFactors() {
    return factors;
  }

  public AccountRouting routing() {
    return router;
  }

  public KeptObjects kept() {
    return kept;
  }

  @Override
  public void close() {
    channel.ifPresent(HealthChannel::close);
    kept.close();
    keeper.close();
  }
}
