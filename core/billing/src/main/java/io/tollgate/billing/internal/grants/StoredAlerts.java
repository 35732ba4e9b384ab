package io.tollgate.billing.internal.grants;

import static io.tollgate.schema.billing.Tables.USER_ALERT;

import io.tollgate.billing.UserAlerts;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.schema.billing.tables.records.UserAlertRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What users want to be told of, one row for each. */
public final class StoredAlerts implements UserAlerts {
  @Override
  public Wanted of(Transaction transaction, UserId user, Asset currency) {
    return transaction
        .sql()
        .selectFrom(USER_ALERT)
        .where(USER_ALERT.USER_ID.eq(user.value()))
        .fetchOptional()
        .map(
            row ->
                new Wanted(
                    Optional.ofNullable(row.getBalanceBelow())
                        .map(units -> new Amount(currency, units)),
                    row.getQuotaPercent() == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(row.getQuotaPercent())))
        .orElse(Wanted.NOTHING);
  }

  @Override
  public void set(
      Transaction transaction, TenantId tenant, UserId user, Wanted wanted, Instant now) {
    int _ =
        transaction
            .sql()
            .deleteFrom(USER_ALERT)
            .where(USER_ALERT.USER_ID.eq(user.value()))
            .execute();
    if (wanted.equals(Wanted.NOTHING)) {
      return;
    }
    UserAlertRecord row = transaction.sql().newRecord(USER_ALERT);
    row.setUserId(user.value());
    row.setTenantId(tenant.value());
    row.setBalanceBelow(wanted.balanceBelow().map(Amount::units).orElse(null));
    row.setQuotaPercent(
        wanted.quotaPercent().isPresent() ? (short) wanted.quotaPercent().getAsInt() : null);
    row.setUpdatedAt(now.truncatedTo(ChronoUnit.MICROS));
    // two at once: the last one holds
    int _ =
        transaction
            .sql()
            .insertInto(USER_ALERT)
            .set(row)
            .onConflict(USER_ALERT.USER_ID)
            .doUpdate()
            .set(row)
            .execute();
  }

  @Override
  public List<Watched> watched(Transaction transaction, long after, int max) {
    return transaction
        .sql()
        .selectFrom(USER_ALERT)
        .where(USER_ALERT.USER_ID.gt(after))
        .orderBy(USER_ALERT.USER_ID)
        .limit(max)
        .fetch(
            row ->
                new Watched(
                    new TenantId(row.getTenantId()),
                    new UserId(row.getUserId()),
                    row.getBalanceBelow() == null ? 0 : row.getBalanceBelow(),
                    row.getQuotaPercent() == null ? 0 : row.getQuotaPercent(),
                    row.getBalanceToldAt() != null,
                    row.getQuotaToldAt() != null));
  }

  @Override
  public void told(
      Transaction transaction, UserId user, boolean balance, boolean quota, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.MICROS);
    int _ =
        transaction
            .sql()
            .update(USER_ALERT)
            .set(USER_ALERT.BALANCE_TOLD_AT, balance ? at : null)
            .set(USER_ALERT.QUOTA_TOLD_AT, quota ? at : null)
            .where(USER_ALERT.USER_ID.eq(user.value()))
            .execute();
  }
}
