package io.tollgate.insight.internal.books;

import static io.tollgate.schema.insight.Tables.LOG_RETENTION;
import static io.tollgate.schema.insight.Tables.USUAL_RETENTION;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.insight.LogRetentions;
import java.util.Map;
import java.util.OptionalInt;
import org.jooq.impl.DSL;

/** Days of tenants, in PostgreSQL. */
public final class StoredRetentions implements LogRetentions {
  @Override
  public OptionalInt of(Transaction transaction, TenantId tenant) {
    return transaction
        .sql()
        .select(LOG_RETENTION.DAYS)
        .from(LOG_RETENTION)
        .where(LOG_RETENTION.TENANT_ID.eq(tenant.value()))
        .fetchOptional(row -> OptionalInt.of(row.value1()))
        .orElse(OptionalInt.empty());
  }

  @Override
  public void set(Transaction transaction, TenantId tenant, OptionalInt days) {
    if (days.isEmpty()) {
      int _ =
          transaction
              .sql()
              .deleteFrom(LOG_RETENTION)
              .where(LOG_RETENTION.TENANT_ID.eq(tenant.value()))
              .execute();
      return;
    }
    int _ =
        transaction
            .sql()
            .insertInto(LOG_RETENTION)
            .set(LOG_RETENTION.TENANT_ID, tenant.value())
            .set(LOG_RETENTION.DAYS, days.getAsInt())
            .onConflict(LOG_RETENTION.TENANT_ID)
            .doUpdate()
            .set(LOG_RETENTION.DAYS, days.getAsInt())
            .set(LOG_RETENTION.UPDATED_AT, DSL.currentInstant())
            .execute();
  }

  @Override
  public OptionalInt usual(Transaction transaction) {
    return transaction
        .sql()
        .select(USUAL_RETENTION.DAYS)
        .from(USUAL_RETENTION)
        .fetchOptional(row -> OptionalInt.of(row.value1()))
        .orElse(OptionalInt.empty());
  }

  @Override
  public void setUsual(Transaction transaction, OptionalInt days) {
    if (days.isEmpty()) {
      int _ = transaction.sql().deleteFrom(USUAL_RETENTION).execute();
      return;
    }
    int _ =
        transaction
            .sql()
            .insertInto(USUAL_RETENTION)
            .set(USUAL_RETENTION.ID, "insight.days")
            .set(USUAL_RETENTION.DAYS, days.getAsInt())
            .onConflict(USUAL_RETENTION.ID)
            .doUpdate()
            .set(USUAL_RETENTION.DAYS, days.getAsInt())
            .set(USUAL_RETENTION.UPDATED_AT, DSL.currentInstant())
            .execute();
  }

  @Override
  public Map<TenantId, Integer> all(Transaction transaction) {
    return transaction
        .sql()
        .select(LOG_RETENTION.TENANT_ID, LOG_RETENTION.DAYS)
        .from(LOG_RETENTION)
        .fetchMap(row -> new TenantId(row.value1()), row -> row.value2());
  }
}
