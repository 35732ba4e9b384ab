package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.DataModule;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.redis.RedisModule;
import io.tollgate.relay.rules.internal.RuleKeeper;
import io.tollgate.relay.rules.internal.RuleOwner;
import io.tollgate.relay.rules.internal.SharedAnswers;
import io.tollgate.relay.rules.internal.StoredCacheRules;
import java.time.Clock;

/** Opens the rules of tenants for the program, and what is kept by them. */
public final class RulesModule implements ProgramModule {
  public static final ModuleEntry<RulesModule> ENTRY =
      ModuleEntry.of(RulesModule.class, RulesModule::open).with(CacheConfig.settings());

  private final RuleKeeper keeper;
  private final CacheRuleSettings cacheRules;
  private final AnswerCache answers;

  private RulesModule(RuleKeeper keeper, CacheRuleSettings cacheRules, AnswerCache answers) {
    this.keeper = requireNonNull(keeper, "keeper is null");
    this.cacheRules = requireNonNull(cacheRules, "cacheRules is null");
    this.answers = requireNonNull(answers, "answers is null");
  }

  private static RulesModule open(ModuleSite site) {
    IdentityModule identity = site.module(IdentityModule.class);
    DataModule data = site.module(DataModule.class);
    MeterRegistry registry = site.facility(MeterRegistry.class);
    return new RulesModule(
        RuleKeeper.start(data.transactions(), data.notifications(), registry),
        new StoredCacheRules(
            new RuleOwner(identity.tenants(), identity.apiKeys()), data.clock()),
        new SharedAnswers(
            CacheConfig.from(site.settings()),
            identity.secretKey("HmacSHA256", "requests in the cache of answers"),
            identity.secretBox("kept answers"),
            site.module(RedisModule.class).store(),
            System::nanoTime,
            // the age of what other gateways have kept; nothing of money goes by it
            Clock.systemUTC(),
            registry));
  }

  public RequestRules rules() {
    return keeper;
  }

  /** Reads the rules again at once: for who has just changed them. Blocks. */
  public void refresh() {
    keeper.refresh();
  }

  public CacheRuleSettings cacheRules() {
    return cacheRules;
  }

  public AnswerCache answers() {
    return answers;
  }

  @Override
  public void close() {
    keeper.close();
  }
}
