package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

/**
 * What administrators change of the rules.
 *
 * @param changed to be run after a change: who made it sees it in the next request to this process
 */
public record RulesAdmin(
    CacheRuleSettings caches,
    FilterRuleSettings filters,
    PromptRuleSettings prompts,
    KeptPrompts keptPrompts,
    Runnable changed) {
  public RulesAdmin {
    requireNonNull(caches, "caches is null");
    requireNonNull(filters, "filters is null");
    requireNonNull(prompts, "prompts is null");
    requireNonNull(keptPrompts, "keptPrompts is null");
    requireNonNull(changed, "changed is null");
  }
}
