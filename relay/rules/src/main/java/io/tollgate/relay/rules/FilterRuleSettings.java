package io.tollgate.relay.rules;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;

/**
 * What operators set of filters. Every gateway goes by it within a second of the commit. Blocking;
 * safe for use by many threads.
 */
public interface FilterRuleSettings {
  int MIN_TIMEOUT_MS = 10;
  int MAX_TIMEOUT_MS = 10_000;

  /**
   * Sets the rule of a tenant or key. With a tenant's first one its secret is made; it stays the
   * same until the rule is removed.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} naming the field; {@code NOT_FOUND}
   *     when there is no such tenant, or it has no such key
   */
  FilterRuleRow set(Transaction transaction, FilterRuleOrder order);

  /**
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}
   */
  void remove(Transaction transaction, long id);

  /** All of them, the oldest first; without their secrets. */
  ListPage<FilterRuleRow> list(Transaction transaction, RuleFilter filter, ListRequest request);
}
