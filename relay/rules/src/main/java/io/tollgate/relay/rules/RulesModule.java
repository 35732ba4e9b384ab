package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.DataModule;
import io.tollgate.data.RecurringJob;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.redis.RedisModule;
import io.tollgate.relay.rules.internal.FilterSecrets;
import io.tollgate.relay.rules.internal.PromptTable;
import io.tollgate.relay.rules.internal.PromptWriter;
import io.tollgate.relay.rules.internal.RuleKeeper;
import io.tollgate.relay.rules.internal.RuleOwner;
import io.tollgate.relay.rules.internal.RuleReading;
import io.tollgate.relay.rules.internal.SharedAnswers;
import io.tollgate.relay.rules.internal.StoredCacheRules;
import io.tollgate.relay.rules.internal.StoredFilterRules;
import io.tollgate.relay.rules.internal.StoredPromptRules;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;

/** Opens the rules of tenants for the program, and what is kept by them. */
public final class RulesModule implements ProgramModule {
  public static final ModuleEntry<RulesModule> ENTRY =
      ModuleEntry.of(RulesModule.class, RulesModule::open)
          .with(CacheConfig.settings())
          .with(FilterConfig.settings())
          .with(PromptConfig.settings());

  private static final Duration EXPIRY = Duration.ofSeconds(30);

  private final RuleKeeper keeper;
  private final RulesAdmin admin;
  private final AnswerCache answers;
  private final FilterConfig filters;
  private final PromptWriter prompts;
  private final RecurringJob expiry;

  private RulesModule(
      RuleKeeper keeper,
      RulesAdmin admin,
      AnswerCache answers,
      FilterConfig filters,
      PromptWriter prompts,
      RecurringJob expiry) {
    this.keeper = requireNonNull(keeper, "keeper is null");
    this.admin = requireNonNull(admin, "admin is null");
    this.answers = requireNonNull(answers, "answers is null");
    this.filters = requireNonNull(filters, "filters is null");
    this.prompts = requireNonNull(prompts, "prompts is null");
    this.expiry = requireNonNull(expiry, "expiry is null");
  }

  private static RulesModule open(ModuleSite site) {
    IdentityModule identity = site.module(IdentityModule.class);
    DataModule data = site.module(DataModule.class);
    MeterRegistry registry = site.facility(MeterRegistry.class);
    PromptTable table = prompts(identity, data.clock());
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
        FilterConfig.from(site.settings()),
        PromptWriter.start(
            PromptConfig.from(site.settings()), table, data.transactions(), registry),
        new RecurringJob(
            "relay.expired_prompts", EXPIRY, () -> table.deleteExpired(data.transactions())));
  }

  /** What a gateway needs of it. */
  public RuledParts ruled() {
    return new RuledParts(keeper, answers, filters, prompts);
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
        new StoredPromptRules(owner, clock),
        prompts(identity, clock),
        changed);
  }

  private static PromptTable prompts(IdentityModule identity, InstantSource clock) {
    return new PromptTable(identity.secretBox("kept prompts"), clock);
  }

  private static FilterSecrets filterSecrets(IdentityModule identity) {
    return new FilterSecrets(identity.secretBox("filter secrets"));
  }

  @Override
  public Offers offers() {
    return Offers.of(RecurringJob.class, expiry);
  }

  @Override
  public void close() {
    prompts.close();
    keeper.close();
  }
}
