package io.tollgate.trading.engine.risk;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Judges orders by the rules of all scopes: each rule in its order, and in each the platform's, the
 * tenant's and the account's settings. The first that fails rejects. Immutable, and safe for use by
 * many threads.
 */
public final class RiskCheck {
  private final Map<RiskScope, RiskRules> rules = new EnumMap<>(RiskScope.class);

  /** By the rules of these scopes. */
  public RiskCheck(RiskRules platform, RiskRules tenant, RiskRules account) {
    rules.put(RiskScope.PLATFORM, requireNonNull(platform, "platform is null"));
    rules.put(RiskScope.TENANT, requireNonNull(tenant, "tenant is null"));
    rules.put(RiskScope.ACCOUNT, requireNonNull(account, "account is null"));
  }

  /** Whether the order may be placed. Asks nothing but what it is given. */
  public RiskVerdict judge(RiskOrder order, RiskFacts facts) {
    for (RiskRule rule : RiskRule.values()) {
      for (Map.Entry<RiskScope, RiskRules> scope : rules.entrySet()) {
        Optional<RuleSetting> setting = scope.getValue().setting(rule).filter(RuleSetting::enabled);
        if (setting.isPresent()) {
          switch (RuleFinding.of(setting.get(), order, facts)) {
            case RuleFinding.Fine() -> {}
            case RuleFinding.Against(String reason) -> {
              return new RiskVerdict.Broken(rule, scope.getKey(), reason);
            }
            case RuleFinding.Missing(String fact) -> {
              return new RiskVerdict.Unjudged(
                  rule, scope.getKey(), fact + " is not known (expected: a value)");
            }
          }
        }
      }
    }
    return new RiskVerdict.Passed();
  }
}
