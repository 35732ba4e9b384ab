package io.tollgate.relay.rules.internal;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.relay.rules.CacheRule;
import io.tollgate.relay.rules.CacheRuleOrder;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * What a row says of a cache.
 *
 * @param ttlSeconds as many as there can be where a key's says nothing
 * @param hitShare a tenant's
 */
record CacheTerms(boolean enabled, int ttlSeconds, BigDecimal hitShare, long generation)
    implements Narrowed.Terms {
  static Narrowed<CacheTerms> all(Transaction transaction) {
    Narrowed<CacheTerms> all = new Narrowed<>(CacheTerms::narrowed);
    for (CacheRuleTable.Stored stored : StoredCacheRules.all(transaction)) {
      CacheRuleOrder set = stored.row().set();
      all.add(
          set.tenant().value(),
          set.key().map(ApiKeyId::value).orElse(null),
          new CacheTerms(
              set.enabled(),
              set.ttlSeconds().orElse(Integer.MAX_VALUE),
              set.hitShare().orElse(BigDecimal.ONE),
              stored.generation()));
    }
    return all;
  }

  private CacheTerms narrowed(CacheTerms own) {
    return new CacheTerms(true, Math.min(ttlSeconds, own.ttlSeconds), hitShare, generation);
  }

  CacheRule rule() {
    return new CacheRule(Duration.ofSeconds(ttlSeconds), hitShare, generation);
  }
}
