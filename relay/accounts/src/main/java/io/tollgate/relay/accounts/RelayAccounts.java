package io.tollgate.relay.accounts;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tollgate.data.Notifications;
import io.tollgate.data.Transactions;
import io.tollgate.redis.RedisStore;
import io.tollgate.relay.accounts.internal.OpenAccounts;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The provider accounts and their routing, kept current by a thread of their own. Closing it stops
 * that thread. Safe for use by many threads.
 */
public final class RelayAccounts implements AutoCloseable {
  private final OpenAccounts open;

  private RelayAccounts(OpenAccounts open) {
    this.open = open;
  }

  /**
   * Reads the accounts and keeps them current, by looking again from time to time. Blocking.
   *
   * @param nanoTime monotonic time, as {@link System#nanoTime}
   */
  public static RelayAccounts open(
      Transactions transactions,
      SecretBox secretBox,
      LongSupplier nanoTime,
      AccountsConfig config) {
    return open(
        transactions, Optional.empty(), secretBox, nanoTime, config, new CompositeMeterRegistry());
  }

  /**
   * The same with meters for each account.
   *
   * @param redis through which gateways tell each other of health too, where there is one
   */
  public static RelayAccounts open(
      Transactions transactions,
      Optional<RedisStore> redis,
      SecretBox secretBox,
      LongSupplier nanoTime,
      AccountsConfig config,
      MeterRegistry registry) {
    return new RelayAccounts(
        OpenAccounts.of(transactions, redis, secretBox, nanoTime, config, registry));
  }

  /** Looks again as soon as the database tells of a change. */
  public RelayAccounts following(Notifications notifications) {
    open.follow(notifications);
    return this;
  }

  public ProviderAccounts accounts() {
    return open.accounts();
  }

  public Providers providers() {
    return open.providers();
  }

  public TenantRoutings routings() {
    return open.routings();
  }

  /**
   * What usage costs at an account as a multiple of what it costs elsewhere; 1 where the account is
   * not known. Answers from memory, also for accounts that are off or were removed.
   */
  public BigDecimal costFactor(long account) {
    return open.costFactors().of(account);
  }

  public AccountRouting routing() {
    return open.routing();
  }

  /** What providers keep for callers, and where. */
  public KeptObjects kept() {
    return open.kept();
  }

  @Override
  public void close() {
    open.close();
  }
}
