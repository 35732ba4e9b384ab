package io.tollgate.relay.rules;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;

/**
 * What operators set of what is kept. Every gateway goes by it within a second of the commit.
 * Blocking; safe for use by many threads.
 */
public interface PromptRuleSettings {
  /** The longest time for which a request can be kept: a year. */
  int MAX_TTL_SECONDS = 31_536_000;

  /**
   * Sets the rule of a tenant or key. What is kept already goes at the time it was kept for.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} naming the field; {@code NOT_FOUND}
   *     when there is no such tenant, or it has no such key
   */
  PromptRuleRow set(Transaction transaction, PromptRuleOrder order);

  /**
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}
   */
  void remove(Transaction transaction, long id);

  /** All of them, the oldest first. */
  ListPage<PromptRuleRow> list(Transaction transaction, RuleFilter filter, ListRequest request);
}
