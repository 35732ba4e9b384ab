package io.tollgate.billing.internal.grants;

import static io.tollgate.schema.billing.Tables.GIVEN_GRANT;
import static io.tollgate.schema.billing.Tables.REVOKED_GRANT;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.schema.billing.tables.records.GivenGrantRecord;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** The table of grants: quota and credit that users were given for nothing. */
public final class GivenGrants {
  private static final String SUMS =
      """
      SELECT g.account_id,
             (sum(g.amount - g.owed_paid)
              - coalesce((SELECT sum(r.amount) FROM billing.revoked_grant r
                           WHERE r.account_id = g.account_id), 0))::bigint
        FROM billing.given_grant g
       WHERE g.account_id = ANY (?::bigint[])
       GROUP BY g.account_id
      """;

  private static final int MONTH_LENGTH = "2026-11".length();

  /** Where a grant comes from. */
  public enum Source {
    /** The free quota of a month. */
    FREE,
    /** By hand. */
    HAND,
    /** The quota of a plan that the user subscribes to. */
    PLAN,
    /** What a code gave. */
    CODE,
    /** For inviting, or for having been invited. */
    INVITATION
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

  public Optional<Given> find(Transaction transaction, UUID transfer) {
    return transaction
        .sql()
        .selectFrom(GIVEN_GRANT)
        .where(GIVEN_GRANT.TRANSFER_ID.eq(transfer))
        .fetchOptional(GivenGrants::read);
  }

  /** The last month for which each of these users was given some of it, where one was. */
  public Map<UserId, YearMonth> lastMonths(
      Transaction transaction, TenantId tenant, Asset asset, Collection<UserId> users) {
    // the key of a month's quota ends with the month, and months sort as their text does
    Field<String> month = DSL.max(DSL.right(GIVEN_GRANT.IDEMPOTENCY_KEY, MONTH_LENGTH));
    return transaction
        .sql()
        .select(GIVEN_GRANT.USER_ID, month)
        .from(GIVEN_GRANT)
        .where(GIVEN_GRANT.TENANT_ID.eq(tenant.value()))
        .and(GIVEN_GRANT.SOURCE.eq(Source.FREE.name()))
        .and(GIVEN_GRANT.ASSET.eq(asset.code()))
        .and(
            GIVEN_GRANT.USER_ID.eq(DSL.any(users.stream().map(UserId::value).toArray(Long[]::new))))
        .groupBy(GIVEN_GRANT.USER_ID)
        .fetchMap(row -> new UserId(row.value1()), row -> YearMonth.parse(row.value2()));
  }

  /**
   * What was given on each of these accounts and not taken back, smallest units; asked by every
   * batch of charges.
   */
  public Map<AccountId, Long> sums(Transaction transaction, Collection<AccountId> accounts) {
    if (accounts.isEmpty()) {
      return Map.of();
    }
    return transaction
        .sql()
        .connectionResult(
            connection -> {
              Map<AccountId, Long> sums = new HashMap<>();
              try (PreparedStatement statement = connection.prepareStatement(SUMS)) {
                statement.setObject(1, accounts.stream().mapToLong(AccountId::value).toArray());
                try (ResultSet rows = statement.executeQuery()) {
                  while (rows.next()) {
                    sums.put(new AccountId(rows.getLong(1)), rows.getLong(2));
                  }
                }
              }
              return sums;
            });
  }

  /** What was given on these accounts in all and not taken back, smallest units. */
  public long sum(Transaction transaction, List<AccountId> accounts) {
    if (accounts.isEmpty()) {
      return 0;
    }
    List<Long> ids = accounts.stream().map(AccountId::value).toList();
    Field<BigDecimal> sum =
        DSL.coalesce(
            DSL.sum(GIVEN_GRANT.AMOUNT.minus(GIVEN_GRANT.OWED_PAID)), DSL.inline(BigDecimal.ZERO));
    Field<BigDecimal> taken =
        DSL.coalesce(
            DSL.field(
                DSL.select(DSL.sum(REVOKED_GRANT.AMOUNT))
                    .from(REVOKED_GRANT)
                    .where(REVOKED_GRANT.ACCOUNT_ID.in(ids))),
            DSL.inline(BigDecimal.ZERO));
    return transaction
        .sql()
        .select(sum.minus(taken))
        .from(GIVEN_GRANT)
        .where(GIVEN_GRANT.ACCOUNT_ID.in(ids))
        .fetchSingle()
        .value1()
        .longValueExact();
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
