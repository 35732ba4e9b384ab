package io.tollgate.identity;

/** What a plan bounds the number of. */
public enum PlanLimit {
  /** Users, the tenant's root aside. */
  USERS("users"),
  /** Strategies that are open to the tenant, or that its users follow. */
  STRATEGIES("strategies"),
  EXCHANGE_ACCOUNTS("exchange accounts");

  private final String word;

  PlanLimit(String word) {
    this.word = word;
  }

  /** In a sentence. */
  public String word() {
    return word;
  }
}
