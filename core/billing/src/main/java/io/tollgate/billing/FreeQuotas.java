package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tollgate.billing.internal.grants.GivenGrants;
import io.tollgate.billing.internal.grants.GivenGrants.Given;
import io.tollgate.billing.internal.grants.GivenGrants.Source;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.User;
import io.tollgate.identity.Users;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.metering.Entitlements;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneId;
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
  /** Namespace of the idempotency keys. */
  static final String OPERATION = "billing.free";

  private static final int MAX_REMEMBERED = 100_000;
  // a tenant that begins to give free tokens waits no longer than this for them to show
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final Ledger ledger;
  private final Tenants tenants;
  private final Users users;
  private final InstantSource clock;
  private final GivenGrants given = new GivenGrants();
  private final Cache<UserOfTenant, Instant> settledUntil =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  /**
   * @param clock the database's time
   */
  public FreeQuotas(Ledger ledger, Tenants tenants, Users users, InstantSource clock) {
    this.ledger = requireNonNull(ledger, "ledger is null");
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
    Map<TenantId, List<Quota>> quotas = new LinkedHashMap<>();
    unknown.forEach(
        (key, now) -> {
          Optional<User> user =
              Optional.ofNullable(found.get(key.user()))
                  .filter(one -> one.tenant().equals(key.tenant()));
          Optional<Tenant> tenant =
              foundTenants.computeIfAbsent(key.tenant(), id -> tenants.find(transaction, id));
          if (user.isPresent() && tenant.isPresent()) {
            Quota quota = Quota.of(key, user.get(), tenant.get(), now);
            quotas.computeIfAbsent(key.tenant(), id -> new ArrayList<>()).add(quota);
          }
        });
    quotas.forEach((tenant, due) -> give(transaction, tenant, due));
  }

  private boolean isSettled(Map.Entry<UserOfTenant, Instant> asked) {
    Instant until = settledUntil.getIfPresent(asked.getKey());
    return until != null && asked.getValue().isBefore(until);
  }

  private void give(Transaction transaction, TenantId tenant, List<Quota> quotas) {
    List<UserId> due =
        quotas.stream().filter(quota -> quota.tokens > 0).map(quota -> quota.to.user()).toList();
    Map<UserId, YearMonth> had =
        due.isEmpty() ? Map.of() : given.lastMonths(transaction, tenant, due);
    for (Quota quota : quotas) {
      YearMonth last = had.get(quota.to.user());
      if (quota.tokens > 0 && (last == null || quota.month.isAfter(last))) {
        give(transaction, quota);
      }
    }
    transaction.afterCommit(() -> quotas.forEach(quota -> settledUntil.put(quota.to, quota.end)));
  }

  private void give(Transaction transaction, Quota due) {
    UserOfTenant to = due.to;
    long tokens = due.tokens;
    String idempotencyKey = due.idempotencyKey();
    ledger.define(transaction, Asset.TOKEN);
    AccountId world =
        ledger.open(
            transaction,
            AccountKey.world(to.tenant(), AccountKind.WORLD_GRANTS, Asset.TOKEN),
            AccountTerms.PLAIN);
    AccountId quota =
        ledger.open(
            transaction,
            AccountKey.grant(to.tenant(), to.user(), Asset.TOKEN, due.period()),
            new AccountTerms(Optional.of(due.end), 0));
    // the number of tokens is left out of the hash: who changes it within a month gets no second
    // quota, and no conflict either
    byte[] hash = RequestHash.of(idempotencyKey);
    Posting posting =
        ledger.post(
            transaction,
            new TransferRequest(
                "free_quota",
                to.tenant(),
                OPERATION,
                idempotencyKey,
                hash,
                "",
                due.now,
                List.of(new Leg(world, -tokens), new Leg(quota, tokens)),
                List.of()));
    if (!posting.repeated()) {
      given.insert(
          transaction,
          new Given(
              posting.transfer(),
              to.tenant(),
              to.user(),
              Source.FREE,
              idempotencyKey,
              hash,
              quota,
              new Amount(Asset.TOKEN, tokens),
              Amount.zero(Asset.TOKEN),
              new Amount(Asset.TOKEN, tokens),
              Optional.of(due.end),
              0,
              posting.postedAt()));
    }
  }

  /**
   * What a user gets in a month.
   *
   * @param tokens 0 for nothing
   */
  private record Quota(UserOfTenant to, YearMonth month, Instant end, long tokens, Instant now) {
    static Quota of(UserOfTenant to, User user, Tenant tenant, Instant now) {
      ZoneId zone = tenant.zone();
      YearMonth month = YearMonth.from(now.atZone(zone));
      Instant end = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
      long tokens = user.monthlyFreeTokens().orElse(tenant.monthlyFreeTokens());
      return new Quota(to, month, end, tokens, now);
    }

    String period() {
      return "relay:" + month;
    }

    String idempotencyKey() {
      return to.user() + ":" + period();
    }
  }
}
