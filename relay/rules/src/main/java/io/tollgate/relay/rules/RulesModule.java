package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.DataModule;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.redis.RedisModule;
import io.tollgate.relay.rules.internal.FilterSecrets;
import io.tollgate.relay.rules.internal.RuleKeeper;
import io.tollgate.relay.rules.internal.RuleReading;
import io.tollgate.relay.rules.internal.RuleOwner;
import io.tollgate.relay.rules.internal.SharedAnswers;
import io.tollgate.relay.rules.internal.StoredCacheRules;
import io.tollgate.relay.rules.internal.StoredFilterRules;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;

/** Opens the rules of tenants for the program, and what is kept by them. */
public final class RulesModule implements ProgramModule {
  public static final ModuleEntry<RulesModule> ENTRY =
      ModuleEntry.of(RulesModule.class, RulesModule::open)
          .with(CacheConfig.settings())
          .with(FilterConfig.settings());

  private final RuleKeeper keeper;
  private final RulesAdmin admin;
  private final AnswerCache answers;
  private final FilterConfig filters;

  private RulesModule(RuleKeeper keeper, RulesAdmin admin, AnswerCache answers, FilterConfig filters) {
    this.keeper = requireNonNull(keeper, "keeper is null");
    this.admin = requireNonNull(admin, "admin is null");
    this.answers = requireNonNull(answers, "answers is null");
    this.filters = requireNonNull(filters, "filters is null");
  }

  private static RulesModule open(ModuleSite site) {
    IdentityModule identity = site.module(IdentityModule.class);
    DataModule data = site.module(DataModule.class);
    MeterRegistry registry = site.facility(MeterRegistry.class);
    RuleKeeper keeper =
        RuleKeeper.start(
            data.transactions(),
            data.notifications(),
            new RuleReading(filterSecrets(identity)),
            registry);
    return new RulesModule(
        keeper,
        admin(identity, site.random(), data.clock(), keeper::refresh),
        new SharedAnswers(
            CacheConfig.from(site.settings()),
            identity.secretKey("HmacSHA256", "requests in the cache of answers"),
            identity.secretBox("kept answers"),
            site.module(RedisModule.class).store(),
            System::nanoTime,
            // the age of what other gateways have kept; nothing of money goes by it
            Clock.systemUTC(),
            registry),
        FilterConfig.from(site.settings()));
  }

  /** What a gateway needs of it. */
  public RuledParts ruled() {
    return new RuledParts(keeper, answers, filters);
  }

  /** What administrators change. */
  public RulesAdmin admin() {
    return admin;
  }

  /**
   * The same without a program around it.
   *
   * @param clock the database's time
   * @param changed is told of changes
   */
  public static RulesAdmin admin(
      IdentityModule identity, SecureRandom random, InstantSource clock, Runnable changed) {
    RuleOwner owner = new RuleOwner(identity.tenants(), identity.apiKeys());
    return new RulesAdmin(
        new StoredCacheRules(owner, clock),
        new StoredFilterRules(owner, filterSecrets(identity), random, clock),
        changed);
  }

  private static FilterSecrets filterSecrets(IdentityModule identity) {
    return new FilterSecrets(identity.secretBox("filter secrets"));
  }

  @Override
  public void close() {
    keeper.close();
  }
}
