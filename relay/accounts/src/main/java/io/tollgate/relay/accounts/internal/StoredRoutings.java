package io.tollgate.relay.accounts.internal;

import static io.tollgate.schema.relay.Tables.TENANT_ROUTING;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.relay.accounts.RoutingStrategy;
import io.tollgate.relay.accounts.TenantRoutings;
import java.util.Locale;
import java.util.Map;
import org.jooq.impl.DSL;

/** What tenants have chosen, in PostgreSQL. */
public final class StoredRoutings implements TenantRoutings {
  @Override
  public RoutingStrategy of(Transaction transaction, TenantId tenant) {
    return transaction
        .sql()
        .select(TENANT_ROUTING.STRATEGY)
        .from(TENANT_ROUTING)
        .where(TENANT_ROUTING.TENANT_ID.eq(tenant.value()))
        .fetchOptional(row -> read(row.value1()))
        .orElse(RoutingStrategy.WEIGHTED);
  }

  @Override
  public void set(Transaction transaction, TenantId tenant, RoutingStrategy strategy) {
    transaction
        .sql()
        .insertInto(TENANT_ROUTING)
        .set(TENANT_ROUTING.TENANT_ID, tenant.value())
        .set(TENANT_ROUTING.STRATEGY, strategy.code())
        .onConflict(TENANT_ROUTING.TENANT_ID)
        .doUpdate()
        .set(TENANT_ROUTING.STRATEGY, strategy.code())
        .set(TENANT_ROUTING.UPDATED_AT, DSL.currentInstant())
        .execute();
  }

  static Map<TenantId, RoutingStrategy> all(Transaction transaction) {
    return transaction
        .sql()
        .select(TENANT_ROUTING.TENANT_ID, TENANT_ROUTING.STRATEGY)
        .from(TENANT_ROUTING)
        .fetchMap(row -> new TenantId(row.value1()), row -> read(row.value2()));
  }

  private static RoutingStrategy read(String code) {
    return RoutingStrategy.valueOf(code.toUpperCase(Locale.ROOT));
  }
}
