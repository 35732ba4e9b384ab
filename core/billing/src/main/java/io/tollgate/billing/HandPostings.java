package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.UserOfTenant;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What administrators give and forgive by hand, each once under its key and with its reason. Runs
 * in the caller's transaction.
 */
public interface HandPostings {
  /**
   * Gives a user quota or credit; see {@link Grants#give}.
   *
   * @param order its key is the administrator's, 1 to 100 characters
   * @param reason 1 to 200 characters
   * @throws io.tollgate.ground.Refusal as {@link Grants#give}; {@code INVALID_REQUEST} when reason
   *     or key are not valid
   */
  GrantReceipt give(Transaction transaction, UserId user, GrantOrder order, By by);

  /**
   * Forgives what a user owes, all of it or a part. The same again is answered as the first time.
   * Where nothing is owed nothing is done.
   *
   * @param currency in which it is owed
   * @param amount empty: all of it
   * @throws io.tollgate.ground.Refusal {@code CONFLICT} when less is owed than that; {@code
   *     IDEMPOTENCY_CONFLICT}
   */
  Forgiven forgive(
      Transaction transaction,
      UserOfTenant user,
      Asset currency,
      Optional<BigDecimal> amount,
      By by);

  /** What was given for nothing, the newest first. */
  ListPage<ListedGrant> grants(Transaction transaction, GrantFilter filter, ListRequest page);

  /**
   * Who does it, and why.
   *
   * @param key 1 to 100 characters, the same for the same request
   */
  record By(AdminId admin, String reason, String key) {
    public By {
      requireNonNull(admin, "admin is null");
      requireNonNull(reason, "reason is null");
      requireNonNull(key, "key is null");
    }
  }

  /**
   * What was forgiven.
   *
   * @param transfer empty: nothing was owed
   * @param remaining what is still owed right after
   * @param repeated whether it had been done before, under the same key
   */
  record Forgiven(
      Optional<UUID> transfer,
      TenantId tenant,
      UserId user,
      Amount amount,
      Amount remaining,
      Instant at,
      boolean repeated) {
    public Forgiven {
      requireNonNull(transfer, "transfer is null");
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(amount, "amount is null");
      requireNonNull(remaining, "remaining is null");
      requireNonNull(at, "at is null");
    }
  }

  /** Which grants are listed; what is empty does not filter. */
  record GrantFilter(Optional<TenantId> tenant, Optional<UserId> user) {
    public GrantFilter {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
    }
  }

  /**
   * A grant.
   *
   * @param source {@code free}, {@code hand}, {@code plan}, {@code code} or {@code invitation}
   * @param owedPaid part of it that paid off what the user owed
   * @param revoked what was taken back of it
   * @param left what is left on its account; empty where several grants share one
   * @param admin who gave it, where an administrator did
   * @param reason why, where an administrator said so
   */
  record ListedGrant(
      UUID transfer,
      TenantId tenant,
      UserId user,
      String source,
      AccountId account,
      Amount amount,
      Amount owedPaid,
      Amount revoked,
      Optional<Amount> left,
      Optional<Instant> expiresAt,
      int priority,
      Optional<AdminId> admin,
      Optional<String> reason,
      Instant givenAt) {
    public ListedGrant {
      requireNonNull(transfer, "transfer is null");
      requireNonNull(left, "left is null");
      requireNonNull(expiresAt, "expiresAt is null");
      requireNonNull(admin, "admin is null");
      requireNonNull(reason, "reason is null");
    }
  }
}
