package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.internal.costs.CostFeed;
import io.tollgate.billing.internal.costs.ReadCosts;
import io.tollgate.data.DataModule;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.metering.AccountCostListener;
import io.tollgate.metering.Metering;
import io.tollgate.redis.RedisModule;
import io.tollgate.redis.RedisStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What provider accounts have cost: read by the console, and copied to Redis where there is one.
 */
public final class AccountCostModule implements ProgramModule {
  public static final Setting<Integer> SYNC_MS =
      Setting.number(
          "account.cost.sync.ms",
          60_000,
          1_000,
          86_400_000,
          "How often all account costs in Redis are compared with the books.");

  public static final ModuleEntry<AccountCostModule> ENTRY =
      ModuleEntry.of(AccountCostModule.class, AccountCostModule::open)
          .inEveryProcess()
          .with(List.of(SYNC_MS));

  private final Optional<CostFeed> feed;
  private final ReadCosts costs;
  private final Duration sync;

  private AccountCostModule(Optional<CostFeed> feed, ReadCosts costs, Duration sync) {
    this.feed = requireNonNull(feed, "feed is null");
    this.costs = requireNonNull(costs, "costs is null");
    this.sync = requireNonNull(sync, "sync is null");
  }

  private static AccountCostModule open(ModuleSite site) {
    DataModule data = site.module(DataModule.class);
    AccountCostModule module =
        over(
            data.transactions(),
            site.module(RedisModule.class).store(),
            data.clock(),
            Duration.ofMillis(site.settings().get(SYNC_MS)));
    module.bind(site.facility(MeterRegistry.class));
    return module;
  }

  /**
   * The same without a program around it.
   *
   * @param clock the database's time
   * @param sync how often the copy in Redis is compared with the books
   */
  public static AccountCostModule over(
      Transactions transactions, Optional<RedisStore> redis, InstantSource clock, Duration sync) {
    return new AccountCostModule(
        redis.map(store -> CostFeed.start(store, transactions, Metering.accountCosts(), clock)),
        new ReadCosts(redis, transactions, Metering.accountCosts(), clock),
        sync);
  }

  private void bind(MeterRegistry registry) {
    FunctionCounter.builder("tollgate_account_cost_from_books", costs, ReadCosts::fromBooks)
        .description("How often the database was asked for account costs that Redis did not have.")
        .register(registry);
    feed.ifPresent(
        each -> {
          bind(registry, each, "written", CostFeed::written, "Account costs written to Redis.");
          bind(
              registry,
              each,
              "failures",
              CostFeed::failures,
              "How often account costs could not be written to Redis.");
          bind(
              registry,
              each,
              "rebuilt",
              CostFeed::rebuilt,
              "How often all account costs were written to Redis.");
        });
  }

  private static void bind(
      MeterRegistry registry,
      CostFeed feed,
      String name,
      ToDoubleFunction<CostFeed> count,
      String description) {
    FunctionCounter.builder("tollgate_account_cost_" + name, feed, count)
        .description(description)
        .register(registry);
  }

  public AccountCosts costs() {
    return costs;
  }

  /** To be told of every booking of this process. */
  public AccountCostListener listener() {
    return feed.<AccountCostListener>map(each -> each).orElse(AccountCostListener.NOBODY);
  }

  @Override
  public Offers offers() {
    return feed.map(
            each ->
                Offers.of(
                    RecurringJob.class,
                    new RecurringJob("billing.account_costs", sync, each::rebuild)))
        .orElse(Offers.NONE);
  }

  @Override
  public void close() {
    feed.ifPresent(CostFeed::close);
  }
}
