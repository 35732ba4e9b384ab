package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tollgate.billing.internal.grants.MonthGrants;
import io.tollgate.billing.internal.grants.MonthGrants.Due;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.User;
import io.tollgate.identity.Users;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.metering.Entitlements;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Gives every user the free tokens of the month, once: the user's own number where they have one,
 * else the tenant's. A month is a calendar month in the tenant's time zone and ends with the first
 * instant of the next one. It never comes ahead of the database's time, and once a user had a month
 * no earlier one is given to them: a clock that is set back and forth gives nobody more. Safe for
 * use by many threads.
 */
public final class FreeQuotas implements Entitlements {
  private static final int MAX_REMEMBERED = 100_000;
  // a tenant that begins to give free tokens waits no longer than this for them to show
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final Tenants tenants;
  private final Users users;
  private final InstantSource clock;
  private final MonthGrants given;
  private final Cache<UserOfTenant, Instant> settledUntil =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  /**
   * @param clock the database's time
   */
  public FreeQuotas(Ledger ledger, Tenants tenants, Users users, InstantSource clock) {
    this.given = new MonthGrants(ledger);
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.users = requireNonNull(users, "users is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public void ensure(Transaction transaction, TenantId tenant, UserId user, Instant now) {
    SequencedMap<UserOfTenant, Instant> one = new LinkedHashMap<>();
    one.put(new UserOfTenant(tenant, user), now);
    ensure(transaction, one);
  }

  /** Three queries for users of one tenant who have theirs, however many they are. */
  @Override
  public void ensure(Transaction transaction, SequencedMap<UserOfTenant, Instant> asked) {
    SequencedMap<UserOfTenant, Instant> unknown = new LinkedHashMap<>(asked);
    unknown.entrySet().removeIf(this::isSettled);
    if (unknown.isEmpty()) {
      return;
    }
    Instant latest = clock.instant();
    unknown.replaceAll((key, at) -> at.isAfter(latest) ? latest : at);
    Map<UserId, User> found =
        users.find(transaction, unknown.keySet().stream().map(UserOfTenant::user).toList());
    Map<TenantId, Optional<Tenant>> foundTenants = new HashMap<>();
    Map<TenantId, List<Due>> quotas = new LinkedHashMap<>();
    unknown.forEach(
        (key, now) -> {
          Optional<User> user =
              Optional.ofNullable(found.get(key.user()))
                  .filter(one -> one.tenant().equals(key.tenant()));
          Optional<Tenant> tenant =
              foundTenants.computeIfAbsent(key.tenant(), id -> tenants.find(transaction, id));
          if (user.isPresent() && tenant.isPresent()) {
            quotas
                .computeIfAbsent(key.tenant(), id -> new ArrayList<>())
                .add(due(key, user.get(), tenant.get(), now));
          }
        });
    quotas.forEach(
        (tenant, due) -> {
          given.give(transaction, tenant, Asset.TOKEN, due);
          transaction.afterCommit(
              () -> due.forEach(each -> settledUntil.put(each.to(), each.end())));
        });
  }

  private boolean isSettled(Map.Entry<UserOfTenant, Instant> asked) {
    Instant until = settledUntil.getIfPresent(asked.getKey());
    return until != null && asked.getValue().isBefore(until);
  }

  private static Due due(UserOfTenant to, User user, Tenant tenant, Instant now) {
    long tokens = user.monthlyFreeTokens().orElse(tenant.monthlyFreeTokens());
    return Due.of(to, Services.RELAY, Asset.TOKEN, tenant.zone(), tokens, now);
  }
}
