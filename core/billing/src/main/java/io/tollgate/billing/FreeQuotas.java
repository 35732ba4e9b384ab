package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tollgate.billing.internal.GivenGrants;
import io.tollgate.billing.internal.GivenGrants.Given;
import io.tollgate.billing.internal.GivenGrants.Source;
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
import io.tollgate.metering.Entitlements;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Gives every user the free tokens of the month, once: the user's own number where they have one,
 * else the tenant's. A month is a calendar month in the tenant's time zone and ends with the first
 * instant of the next one. Safe for use by many threads.
 */
public final class FreeQuotas implements Entitlements {
  /** Namespace of the idempotency keys. */
  static final String OPERATION = "billing.free";

  private static final int MOST_REMEMBERED = 100_000;
  // a tenant that begins to give free tokens waits no longer than this for them to show
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final Ledger ledger;
  private final Tenants tenants;
  private final Users users;
  private final GivenGrants given = new GivenGrants();
  private final Cache<UserOfTenant, Instant> settledUntil =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  public FreeQuotas(Ledger ledger, Tenants tenants, Users users) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.users = requireNonNull(users, "users is null");
  }

  @Override
  public void ensure(Transaction transaction, TenantId tenant, UserId user, Instant now) {
    UserOfTenant key = new UserOfTenant(tenant, user);
    Instant until = settledUntil.getIfPresent(key);
    if (until != null && now.isBefore(until)) {
      return;
    }
    Optional<Tenant> foundTenant = tenants.find(transaction, tenant);
    Optional<User> foundUser = users.find(transaction, user).filter(u -> u.tenant().equals(tenant));
    if (foundTenant.isEmpty() || foundUser.isEmpty()) {
      return;
    }
    ZoneId zone = foundTenant.get().zone();
    YearMonth month = YearMonth.from(now.atZone(zone));
    Instant end = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
    long tokens = foundUser.get().monthlyFreeTokens().orElse(foundTenant.get().monthlyFreeTokens());
    if (tokens > 0) {
      giveOnce(transaction, key, month, end, tokens, now);
    }
    transaction.afterCommit(() -> settledUntil.put(key, end));
  }

  private void giveOnce(
      Transaction transaction,
      UserOfTenant to,
      YearMonth month,
      Instant end,
      long tokens,
      Instant now) {
    String period = "relay:" + month;
    String idempotencyKey = to.user() + ":" + period;
    if (given.find(transaction, to.tenant(), Source.FREE, idempotencyKey).isPresent()) {
      return;
    }
    ledger.define(transaction, Asset.TOKEN);
    AccountId world =
        ledger.open(
            transaction,
            AccountKey.world(to.tenant(), AccountKind.WORLD_GRANTS, Asset.TOKEN),
            AccountTerms.PLAIN);
    AccountId quota =
        ledger.open(
            transaction,
            AccountKey.grant(to.tenant(), to.user(), Asset.TOKEN, period),
            new AccountTerms(Optional.of(end), 0));
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
                now,
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
              Optional.of(end),
              0,
              posting.postedAt()));
    }
  }

  private record UserOfTenant(TenantId tenant, UserId user) {}
}
