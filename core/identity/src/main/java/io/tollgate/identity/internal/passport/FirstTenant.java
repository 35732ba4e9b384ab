package io.tollgate.identity.internal.passport;

import static io.tollgate.schema.identity.Tables.TENANT;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;

/** The first tenant that is on: whose user somebody is where nothing says otherwise. */
public final class FirstTenant {
  private FirstTenant() {}

  public static TenantId of(Transaction transaction) {
    return transaction
        .sql()
        .select(TENANT.ID)
        .from(TENANT)
        .where(TENANT.ACTIVE)
        .orderBy(TENANT.ID)
        .limit(1)
        .fetchOptional(row -> new TenantId(row.value1()))
        .orElseThrow(() -> new Refusal(ErrorCode.UNAVAILABLE, "there is no tenant yet"));
  }
}
