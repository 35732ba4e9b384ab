package io.tollgate.relay.rules.internal;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import io.tollgate.relay.rules.FilterRule;
import io.tollgate.relay.rules.RequestRule;
import io.tollgate.relay.rules.internal.RuleTable.OfTenant;
import io.tollgate.schema.relay.tables.records.FilterRuleRecord;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all rules of the database and puts them together. Blocking; safe for use by many threads.
 */
public final class RuleReading {
  private static final Logger LOG = LoggerFactory.getLogger(RuleReading.class);

  private final FilterSecrets secrets;

  public RuleReading(FilterSecrets secrets) {
    this.secrets = requireNonNull(secrets, "secrets is null");
  }

  RuleTable all(Transaction transaction) {
    Narrowed<CacheTerms> caches = CacheTerms.all(transaction);
    Narrowed<PromptTerms> prompts = PromptTerms.all(transaction);
    Narrowed<FilterTerms> filters = new Narrowed<>(FilterTerms::narrowed);
    for (FilterRuleRecord row : StoredFilterRules.all(transaction)) {
      filters.add(row.getTenantId(), row.getApiKeyId(), terms(row));
    }
    Set<TenantId> tenants = new HashSet<>(caches.tenants());
    tenants.addAll(filters.tenants());
    tenants.addAll(prompts.tenants());
    Map<TenantId, OfTenant> all = new HashMap<>();
    for (TenantId tenant : tenants) {
      Set<ApiKeyId> own = new HashSet<>(caches.keys(tenant));
      own.addAll(filters.keys(tenant));
      own.addAll(prompts.keys(tenant));
      Map<ApiKeyId, RequestRule> keys = new HashMap<>();
      own.forEach(
          key ->
              keys.put(
                  key,
                  rule(caches.of(tenant, key), filters.of(tenant, key), prompts.of(tenant, key))));
      all.put(
          tenant,
          new OfTenant(rule(caches.of(tenant), filters.of(tenant), prompts.of(tenant)), keys));
    }
    return new RuleTable(all);
  }

  private static RequestRule rule(
      Optional<CacheTerms> cache, Optional<FilterTerms> filter, Optional<PromptTerms> prompts) {
    return cache.isEmpty() && filter.isEmpty() && prompts.isEmpty()
        ? RequestRule.NONE
        : new RequestRule(
            cache.map(CacheTerms::rule),
            filter.flatMap(FilterTerms::filter),
            prompts.map(PromptTerms::rule));
  }

  /**
   * What a row says of a filter.
   *
   * @param filter a tenant's
   */
  private record FilterTerms(boolean enabled, Optional<FilterRule> filter)
      implements Narrowed.Terms {
    FilterTerms narrowed(FilterTerms own) {
      return this;
    }
  }

  private FilterTerms terms(FilterRuleRecord row) {
    return new FilterTerms(
        row.getEnabled(),
        row.getApiKeyId() == null && row.getEnabled()
            ? Optional.of(filter(row))
            : Optional.empty());
  }

  /** One whose secret does not open is asked in vain: its rule says what becomes of requests. */
  private FilterRule filter(FilterRuleRecord row) {
    byte[] secret;
    try {
      secret =
          secrets.open(row.getTenantId(), row.getSecretSealed()).getBytes(StandardCharsets.UTF_8);
    } catch (RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("filter_rule", row.getId())
          .log("the secret of a filter does not open");
      secret = new byte[] {0};
    }
    return new FilterRule(
        row.getId(),
        URI.create(row.getUrl()),
        secret,
        row.getBeforeRequest(),
        row.getAfterAnswer(),
        row.getFailOpen(),
        Duration.ofMillis(row.getTimeoutMs()),
        row.getPrivate());
  }
}
