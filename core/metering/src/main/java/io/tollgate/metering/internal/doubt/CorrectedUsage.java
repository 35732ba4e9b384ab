package io.tollgate.metering.internal.doubt;

import static io.tollgate.schema.metering.Tables.SUPERSEDED_USAGE;
import static io.tollgate.schema.metering.Tables.USAGE_RECORD;
import static org.jooq.impl.DSL.row;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.metering.InDoubt.Corrected;
import io.tollgate.metering.UsageQueries;
import io.tollgate.metering.internal.database.books.StoredUsage;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Decisions about requests in doubt that their results have superseded. */
final class CorrectedUsage {
  List<Corrected> list(
      Transaction transaction,
      Optional<TenantId> tenant,
      int limit,
      Optional<UsageQueries.Position> after) {
    return transaction
        .sql()
        .select(SUPERSEDED_USAGE.fields())
        .select(USAGE_RECORD.fields())
        .from(SUPERSEDED_USAGE)
        .join(USAGE_RECORD)
        .on(USAGE_RECORD.CHARGE_ID.eq(SUPERSEDED_USAGE.CHARGE_ID))
        .and(USAGE_RECORD.OPENED_AT.eq(SUPERSEDED_USAGE.OPENED_AT))
        .where(of(tenant))
        .and(
            after
                .<Condition>map(
                    place ->
                        row(SUPERSEDED_USAGE.OPENED_AT, SUPERSEDED_USAGE.CHARGE_ID)
                            .lessThan(place.openedAt(), place.charge().value()))
                .orElse(DSL.noCondition()))
        .orderBy(SUPERSEDED_USAGE.OPENED_AT.desc(), SUPERSEDED_USAGE.CHARGE_ID.desc())
        .limit(limit)
        .fetch(CorrectedUsage::corrected);
  }

  long count(Transaction transaction, Optional<TenantId> tenant) {
    return transaction.sql().fetchCount(SUPERSEDED_USAGE, of(tenant));
  }

  private static Condition of(Optional<TenantId> tenant) {
    return tenant
        .<Condition>map(id -> SUPERSEDED_USAGE.TENANT_ID.eq(id.value()))
        .orElse(DSL.noCondition());
  }

  private static Corrected corrected(Record row) {
    return new Corrected(
        StoredUsage.settledRow(row.into(SUPERSEDED_USAGE).into(USAGE_RECORD)),
        row.get(SUPERSEDED_USAGE.SUPERSEDED_AT),
        StoredUsage.settledRow(row.into(USAGE_RECORD)));
  }
}
