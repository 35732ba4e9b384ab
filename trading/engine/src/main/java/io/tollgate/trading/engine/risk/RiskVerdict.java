package io.tollgate.trading.engine.risk;

import static java.util.Objects.requireNonNull;

/** What comes of judging an order: it passes, or it does not and is told why. */
public sealed interface RiskVerdict {
  /** No rule stands against it. */
  record Passed() implements RiskVerdict {}

  /** It may not be placed. */
  sealed interface Rejected extends RiskVerdict {
    /** The rule that it fails at first. */
    RiskRule rule();

    /** Whose rule that is. */
    RiskScope scope();

    /** As it is told. */
    String code();

    /** What was found, and what was expected. */
    String reason();
  }

  /** A rule says no. */
  record Broken(RiskRule rule, RiskScope scope, String reason) implements Rejected {
    public Broken {
      requireNonNull(rule, "rule is null");
      requireNonNull(scope, "scope is null");
      requireNonNull(reason, "reason is null");
    }

    @Override
    public String code() {
      return rule.rejectCode();
    }
  }

  /** A rule asks for what is not known. */
  record Unjudged(RiskRule rule, RiskScope scope, String reason) implements Rejected {
    /** As it is told, whichever rule it is. */
    public static final String CODE = "RISK_ERROR";

    public Unjudged {
      requireNonNull(rule, "rule is null");
      requireNonNull(scope, "scope is null");
      requireNonNull(reason, "reason is null");
    }

    @Override
    public String code() {
      return CODE;
    }
  }
}
