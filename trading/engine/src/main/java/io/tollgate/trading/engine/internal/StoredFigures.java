package io.tollgate.trading.engine.internal;

import static io.tollgate.schema.trading.Tables.BINDING;
import static io.tollgate.schema.trading.Tables.EXECUTION_NODE;
import static io.tollgate.schema.trading.Tables.TRADE_ORDER;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.trading.engine.ExecutionNode;
import io.tollgate.trading.engine.TradingFigures;
import java.time.InstantSource;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Counts in PostgreSQL. */
public final class StoredFigures implements TradingFigures {
  private final InstantSource clock;

  public StoredFigures(InstantSource clock) {
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public Counts counts(Transaction transaction, Optional<TenantId> tenant) {
    Condition heard =
        EXECUTION_NODE.LAST_HEARTBEAT_AT.gt(ExecutionNode.heardSince(clock.instant()));
    return new Counts(
        transaction.sql().fetchCount(TRADE_ORDER, of(tenant, TRADE_ORDER.TENANT_ID)),
        transaction.sql().fetchCount(EXECUTION_NODE),
        transaction.sql().fetchCount(EXECUTION_NODE, heard),
        transaction.sql().fetchCount(BINDING, of(tenant, BINDING.TENANT_ID).and(BINDING.RUNNING)));
  }

  private static Condition of(Optional<TenantId> tenant, Field<Long> field) {
    return tenant.map(id -> field.eq(id.value())).orElseGet(DSL::noCondition);
  }
}
