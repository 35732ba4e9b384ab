package io.tollgate.relay.rules.internal;

import io.tollgate.data.Transaction;
import io.tollgate.relay.rules.PromptRule;
import io.tollgate.schema.relay.tables.records.PromptRuleRecord;
import java.time.Duration;

/**
 * What a row says of what is kept.
 *
 * @param ttlSeconds as many as there can be where a key's says nothing
 */
record PromptTerms(boolean enabled, int ttlSeconds) implements Narrowed.Terms {
  static Narrowed<PromptTerms> all(Transaction transaction) {
    Narrowed<PromptTerms> all = new Narrowed<>(PromptTerms::narrowed);
    for (PromptRuleRecord row : StoredPromptRules.all(transaction)) {
      Integer ttl = row.getTtlSeconds();
      all.add(
          row.getTenantId(),
          row.getApiKeyId(),
          new PromptTerms(row.getEnabled(), ttl == null ? Integer.MAX_VALUE : ttl));
    }
    return all;
  }

  private PromptTerms narrowed(PromptTerms own) {
    return new PromptTerms(true, Math.min(ttlSeconds, own.ttlSeconds));
  }

  PromptRule rule() {
    return new PromptRule(Duration.ofSeconds(ttlSeconds));
  }
}
