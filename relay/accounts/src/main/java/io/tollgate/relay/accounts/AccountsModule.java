package io.tollgate.relay.accounts;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.DataModule;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.redis.RedisModule;
import java.math.BigDecimal;
import java.util.function.Function;

/** Opens the provider accounts for the program, and closes them. */
public final class AccountsModule implements ProgramModule {
  private final RelayAccounts accounts;

  private AccountsModule(RelayAccounts accounts) {
    this.accounts = requireNonNull(accounts, "accounts is null");
  }

  /**
   * The module's entry.
   *
   * @param secretBox seals the accounts' keys; the composition root fills it
   */
  public static ModuleEntry<AccountsModule> entry(Function<ModuleSite, SecretBox> secretBox) {
    return ModuleEntry.of(AccountsModule.class, site -> open(site, secretBox.apply(site)))
        .with(AccountsConfig.settings())
        .retiring("relay.accounts.rest.most.ms", "relay.accounts.rest.max.ms");
  }

  private static AccountsModule open(ModuleSite site, SecretBox secretBox) {
    return new AccountsModule(
        RelayAccounts.open(
                site.module(DataModule.class).transactions(),
                site.module(RedisModule.class).store(),
                secretBox,
                System::nanoTime,
                AccountsConfig.from(site.settings()),
                site.facility(MeterRegistry.class))
            .following(site.module(DataModule.class).notifications()));
  }

  public ProviderAccounts accounts() {
    return accounts.accounts();
  }

  public Providers providers() {
    return accounts.providers();
  }

  public TenantRoutings routings() {
    return accounts.routings();
  }

  /** As {@link RelayAccounts#costFactor} says. */
  public BigDecimal costFactor(long account) {
    return accounts.costFactor(account);
  }

  public AccountRouting routing() {
    return accounts.routing();
  }

  /** What providers keep for callers, and where. */
  public KeptObjects kept() {
    return accounts.kept();
  }

  @Override
  public void close() {
    accounts.close();
  }
}
