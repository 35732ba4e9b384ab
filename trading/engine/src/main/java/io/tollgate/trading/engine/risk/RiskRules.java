package io.tollgate.trading.engine.risk;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The rules of one scope, as they are set. Immutable. */
public final class RiskRules {
  /** How the platform's are while nothing is set. */
  public static final RiskRules USUAL = usual();

  /** Those of a tenant or an account of which nothing is said: none. */
  public static final RiskRules NONE = new RiskRules(new EnumMap<>(RiskRule.class));

  private final Map<RiskRule, RuleSetting> settings;

  private RiskRules(EnumMap<RiskRule, RuleSetting> settings) {
    this.settings = Collections.unmodifiableMap(settings);
  }

  private static RiskRules usual() {
    EnumMap<RiskRule, RuleSetting> settings = new EnumMap<>(RiskRule.class);
    for (RiskRule rule : RiskRule.values()) {
      settings.put(rule, RuleSetting.usual(rule, rule.usuallyOn()));
    }
    return new RiskRules(settings);
  }

  /**
   * The same after changes; what they do not name stays. A rule that a scope did not have is on
   * from then, unless it is said to be off.
   *
   * @param changes by the rules' names
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} of a rule or a parameter that does
   *     not exist, or a value that it does not take; nothing is changed then
   */
  public RiskRules merged(Map<String, RuleSetting.Change> changes) {
    EnumMap<RiskRule, RuleSetting> merged = new EnumMap<>(RiskRule.class);
    merged.putAll(settings);
    changes.forEach(
        (name, change) -> {
          RiskRule rule = RiskRule.of(name);
          RuleSetting now = setting(rule).orElseGet(() -> RuleSetting.usual(rule, true));
          merged.put(rule, now.with(change));
        });
    return new RiskRules(merged);
  }

  /** How a rule is set; empty: this scope does not have it. */
  public Optional<RuleSetting> setting(RiskRule rule) {
    return Optional.ofNullable(settings.get(rule));
  }

  /** All that this scope has, in their order. */
  public Collection<RuleSetting> settings() {
    return settings.values();
  }
}
