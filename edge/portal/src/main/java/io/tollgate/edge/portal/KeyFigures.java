package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.SpendLimitFilter;
import io.tollgate.billing.SpendLimitSettings;
import io.tollgate.billing.SpendLimitStanding;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Tenants;
import io.tollgate.metering.SpendLimit;
import io.tollgate.metering.UsageQueries;
import io.tollgate.metering.UsageQueries.KeyUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what was spent with a user's keys, and how far their spend limits are used. */
final class KeyFigures {
  private static final Duration LATELY = Duration.ofDays(30);
  private static final int LIMITS_PER_READ = 500;

  private final Tenants tenants;
  private final UsageQueries usage;
  private final SpendLimitSettings limits;

  KeyFigures(Tenants tenants, UsageQueries usage, SpendLimitSettings limits) {
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.usage = requireNonNull(usage, "usage is null");
    this.limits = requireNonNull(limits, "limits is null");
  }

  /** Of all the user's keys at once. */
  Read read(Transaction transaction, TenantId tenant, UserId user, Instant now) {
    Asset currency = tenants.find(transaction, tenant).orElseThrow().currency();
    Map<ApiKeyId, KeyUsage> used = new HashMap<>();
    usage
        .byKey(transaction, user, currency, now.minus(LATELY))
        .forEach(each -> used.put(each.key(), each));
    Map<ApiKeyId, List<SpendLimitStanding>> set = new HashMap<>();
    SpendLimitFilter mine =
        new SpendLimitFilter(
            Optional.of(tenant),
            Optional.of(user),
            Optional.empty(),
            Optional.of(SpendLimit.Scope.KEY));
    Optional<String> cursor = Optional.empty();
    do {
      ListPage<SpendLimitStanding> page =
          limits.list(transaction, mine, new ListRequest(1, LIMITS_PER_READ, cursor, false));
      page.rows()
          .forEach(
              each ->
                  each.key()
                      .ifPresent(
                          key -> set.computeIfAbsent(key, _ -> new ArrayList<>()).add(each)));
      cursor = page.next();
    } while (cursor.isPresent());
    return new Read(currency, used, set);
  }

  /** What there is to say of each key. */
  record Read(
      Asset currency,
      Map<ApiKeyId, KeyUsage> used,
      Map<ApiKeyId, List<SpendLimitStanding>> limits) {
    Optional<KeyUsage> used(ApiKeyId key) {
      return Optional.ofNullable(used.get(key));
    }

    List<SpendLimitStanding> limits(ApiKeyId key) {
      return limits.getOrDefault(key, List.of());
    }
  }
}
