package io.tollgate.billing.internal.grants;

import static io.tollgate.schema.billing.Tables.GIVEN_GRANT;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.schema.billing.tables.records.GivenGrantRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.impl.DSL;

/** The table of grants: quota and credit that users were given for nothing. */
public final class GivenGrants {
  /** Where a grant comes from. */
  public enum Source {
    FREE,
    HAND
  }

  /** A row of the table. */
  public record Given(
      UUID transfer,
      TenantId tenant,
      UserId user,
      Source source,
      String idempotencyKey,
      byte[] requestHash,
      AccountId account,
      Amount amount,
      Amount owedPaid,
      Amount balance,
      Optional<Instant> expiresAt,
      int priority,
      Instant givenAt) {
    public Given {
      requireNonNull(transfer, "transfer is null");
      requestHash = requestHash.clone();
    }

    @Override
    public byte[] requestHash() {
      return requestHash.clone();
    }
  }

  public Optional<Given> find(
      Transaction transaction, TenantId tenant, Source source, String idempotencyKey) {
    return transaction
        .sql()
        .selectFrom(GIVEN_GRANT)
        .where(GIVEN_GRANT.TENANT_ID.eq(tenant.value()))
        .and(GIVEN_GRANT.SOURCE.eq(source.name()))
        .and(GIVEN_GRANT.IDEMPOTENCY_KEY.eq(idempotencyKey))
        .fetchOptional(GivenGrants::read);
  }

  /** Which of these keys something was given for already. */
  public Set<String> given(
      Transaction transaction, TenantId tenant, Source source, Collection<String> keys) {
    return transaction
        .sql()
        .select(GIVEN_GRANT.IDEMPOTENCY_KEY)
        .from(GIVEN_GRANT)
        .where(GIVEN_GRANT.TENANT_ID.eq(tenant.value()))
        .and(GIVEN_GRANT.SOURCE.eq(source.name()))
        .and(GIVEN_GRANT.IDEMPOTENCY_KEY.eq(DSL.any(keys.toArray(String[]::new))))
        .fetchSet(GIVEN_GRANT.IDEMPOTENCY_KEY);
  }

  /** What was given on these accounts in all, smallest units. */
  public long sum(Transaction transaction, List<AccountId> accounts) {
    if (accounts.isEmpty()) {
      return 0;
    }
    BigDecimal sum =
        transaction
            .sql()
            .select(DSL.sum(GIVEN_GRANT.AMOUNT.minus(GIVEN_GRANT.OWED_PAID)))
            .from(GIVEN_GRANT)
            .where(GIVEN_GRANT.ACCOUNT_ID.in(accounts.stream().map(AccountId::value).toList()))
            .fetchSingle()
            .value1();
    return sum == null ? 0 : sum.longValueExact();
  }

  public void insert(Transaction transaction, Given given) {
    GivenGrantRecord row = transaction.sql().newRecord(GIVEN_GRANT);
    row.setTransferId(given.transfer());
    row.setTenantId(given.tenant().value());
    row.setUserId(given.user().value());
    row.setSource(given.source().name());
    row.setIdempotencyKey(given.idempotencyKey());
    row.setRequestHash(given.requestHash());
    row.setAccountId(given.account().value());
    row.setAsset(given.amount().asset().code());
    row.setScale(given.amount().asset().scale());
    row.setAmount(given.amount().units());
    row.setOwedPaid(given.owedPaid().units());
    row.setBalanceAfter(given.balance().units());
    given.expiresAt().ifPresent(row::setExpiresAt);
    row.setPriority(given.priority());
    row.setGivenAt(given.givenAt());
    row.insert();
  }

  private static Given read(GivenGrantRecord row) {
    Asset asset = new Asset(row.getAsset(), row.getScale());
    return new Given(
        row.getTransferId(),
        new TenantId(row.getTenantId()),
        new UserId(row.getUserId()),
        Source.valueOf(row.getSource()),
        row.getIdempotencyKey(),
        row.getRequestHash(),
        new AccountId(row.getAccountId()),
        new Amount(asset, row.getAmount()),
        new Amount(asset, row.getOwedPaid()),
        new Amount(asset, row.getBalanceAfter()),
        Optional.ofNullable(row.getExpiresAt()),
        row.getPriority(),
        row.getGivenAt());
  }
}
