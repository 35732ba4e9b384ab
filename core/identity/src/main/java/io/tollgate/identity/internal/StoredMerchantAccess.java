package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.MERCHANT_CALLS;
import static io.tollgate.schema.identity.Tables.MERCHANT_NONCE;
import static io.tollgate.schema.identity.Tables.QUOTA_PLAN;
import static io.tollgate.schema.identity.Tables.TENANT;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.MerchantAccess;
import io.tollgate.identity.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import org.jooq.Record2;
import org.jspecify.annotations.Nullable;

/** Keys, nonces and counts of merchants' backends in PostgreSQL. */
public final class StoredMerchantAccess implements MerchantAccess {
  static final String DAY = "day";
  static final String MONTH = "month";

  private static final int LONGEST_KEY = 64;
  private static final int PURGED = 5_000;

  private final StoredTenants tenants;
  private final InstantSource clock;

  public StoredMerchantAccess(StoredTenants tenants, InstantSource clock) {
    this.tenants = tenants;
    this.clock = clock;
  }

  @Override
  public Optional<Merchant> find(Transaction transaction, String appKey) {
    return appKey.length() > LONGEST_KEY ? Optional.empty() : tenants.merchant(transaction, appKey);
  }

  @Override
  public boolean useNonce(Transaction transaction, Tenant tenant, String nonce, Instant goodUntil) {
    Instant now = InputChecks.now(clock);
    Instant remembered = now.plus(NONCE_LIFE);
    Instant until = goodUntil.isAfter(remembered) ? goodUntil : remembered;
    return transaction
            .sql()
            .insertInto(MERCHANT_NONCE)
            .set(MERCHANT_NONCE.TENANT_ID, tenant.id().value())
            .set(MERCHANT_NONCE.NONCE_HASH, SecretHash.sha256(nonce))
            .set(MERCHANT_NONCE.EXPIRES_AT, until)
            .onConflict(MERCHANT_NONCE.TENANT_ID, MERCHANT_NONCE.NONCE_HASH)
            .doUpdate()
            .set(MERCHANT_NONCE.EXPIRES_AT, until)
            .where(MERCHANT_NONCE.EXPIRES_AT.le(now))
            .execute()
        == 1;
  }

  @Override
  public void countCall(Transaction transaction, Tenant tenant) {
    Instant now = clock.instant();
    LocalDate today = now.atZone(tenant.zone()).toLocalDate();
    LocalDate month = today.withDayOfMonth(1);
    Optional<Record2<Long, Long>> plan =
        transaction
            .sql()
            .select(QUOTA_PLAN.API_CALLS_DAILY, QUOTA_PLAN.API_CALLS_MONTHLY)
            .from(TENANT)
            .join(QUOTA_PLAN)
            .on(QUOTA_PLAN.ID.eq(TENANT.QUOTA_PLAN_ID))
            .where(TENANT.ID.eq(tenant.id().value()))
            .fetchOptional();
    // the month's row first, everywhere: two who count never wait for each other in a circle
    if (!counted(transaction, tenant, MONTH, month, plan.map(Record2::value2).orElse(null))) {
      throw usedUp(tenant, now, month.plusMonths(1), "month", plan.orElseThrow().value2());
    }
    if (!counted(transaction, tenant, DAY, today, plan.map(Record2::value1).orElse(null))) {
      throw usedUp(tenant, now, today.plusDays(1), "day", plan.orElseThrow().value1());
    }
  }

  @Override
  public int purgeNonces(Transaction transaction) {
    return transaction
        .sql()
        .execute(
            """
            DELETE FROM identity.merchant_nonce n USING (
              SELECT tenant_id, nonce_hash FROM identity.merchant_nonce
               WHERE expires_at <= ?::timestamptz ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED) AS old
             WHERE n.tenant_id = old.tenant_id AND n.nonce_hash = old.nonce_hash
            """,
            clock.instant().toString(),
            PURGED);
  }

  private static boolean counted(
      Transaction transaction,
      Tenant tenant,
      String period,
      LocalDate startsOn,
      @Nullable Long limit) {
    if (limit != null && limit == 0) {
      return false;
    }
    var counting =
        transaction
            .sql()
            .insertInto(MERCHANT_CALLS)
            .set(MERCHANT_CALLS.TENANT_ID, tenant.id().value())
            .set(MERCHANT_CALLS.PERIOD, period)
            .set(MERCHANT_CALLS.STARTS_ON, startsOn)
            .set(MERCHANT_CALLS.CALLS, 1L)
            .onConflict(MERCHANT_CALLS.TENANT_ID, MERCHANT_CALLS.PERIOD, MERCHANT_CALLS.STARTS_ON)
            .doUpdate()
            .set(MERCHANT_CALLS.CALLS, MERCHANT_CALLS.CALLS.plus(1));
    int rows =
        limit == null
            ? counting.execute()
            : counting.where(MERCHANT_CALLS.CALLS.lt(limit)).execute();
    return rows == 1;
  }

  private static Refusal usedUp(
      Tenant tenant, Instant now, LocalDate next, String period, long limit) {
    Duration left = Duration.between(now, next.atStartOfDay(tenant.zone()).toInstant());
    return new Refusal(
            ErrorCode.RATE_LIMITED,
            "the plan's " + limit + " calls of this " + period + " are used up")
        .withRetryAfter(left);
  }
}
