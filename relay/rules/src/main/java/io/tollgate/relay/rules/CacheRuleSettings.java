package io.tollgate.relay.rules;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;

/**
 * What operators set of caches. Every gateway goes by it within a second of the commit. Blocking;
 * safe for use by many threads.
 */
public interface CacheRuleSettings {
  /** The longest time for which an answer can be kept: 30 days. */
  int MAX_TTL_SECONDS = 2_592_000;

  /**
   * Sets the rule of a tenant or key.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} naming the field; {@code NOT_FOUND}
   *     when there is no such tenant, or it has no such key
   */
  CacheRuleRow set(Transaction transaction, CacheRuleOrder order);

  /**
   * Takes a rule away. With a tenant's nothing of its answers is found any more.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}
   */
  void remove(Transaction transaction, long id);

  /**
   * Forgets all answers that were kept for the rule's tenant so far.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}
   */
  CacheRuleRow purge(Transaction transaction, long id);

  /** All of them, the oldest first. */
  ListPage<CacheRuleRow> list(Transaction transaction, RuleFilter filter, ListRequest request);
}
