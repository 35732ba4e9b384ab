package io.tollgate.billing.internal.recharge;

import static io.tollgate.schema.billing.Tables.RECHARGE_CASE;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.payments.PaymentMethod;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens cases: what somebody has to look at. One for each kind and subject, however often. */
final class CaseTable {
  private static final Logger LOG = LoggerFactory.getLogger(CaseTable.class);
  private static final int SUBJECT_MAX = 300;
  private static final int DETAIL_MAX = 500;

  /** A case of one order. */
  boolean open(
      Transaction transaction,
      CaseKind kind,
      StoredOrder order,
      String about,
      String detail,
      Instant now) {
    return open(
        transaction,
        kind,
        order.tenant().value() + ":" + order.order().orderId() + ":" + about,
        new Place(
            Optional.of(order.tenant()), Optional.of(order.id()), Optional.empty(), order.method()),
        detail,
        now);
  }

  /** A case, wherever it belongs; whether it is new. */
  boolean open(
      Transaction transaction,
      CaseKind kind,
      String subject,
      Place place,
      String detail,
      Instant now) {
    boolean opened =
        transaction
                .sql()
                .insertInto(RECHARGE_CASE)
                .set(RECHARGE_CASE.KIND, kind.code())
                .set(RECHARGE_CASE.SUBJECT, ShortText.of(subject, SUBJECT_MAX))
                .set(RECHARGE_CASE.TENANT_ID, place.tenant().map(TenantId::value).orElse(null))
                .set(RECHARGE_CASE.ORDER_REF, place.order().orElse(null))
                .set(RECHARGE_CASE.COMPARISON_ID, place.comparison().orElse(null))
                .set(RECHARGE_CASE.METHOD, place.method().code())
                .set(RECHARGE_CASE.DETAIL, ShortText.of(detail, DETAIL_MAX))
                .set(RECHARGE_CASE.STATE, "open")
                .set(RECHARGE_CASE.CREATED_AT, now)
                .set(RECHARGE_CASE.UPDATED_AT, now)
                .onConflictDoNothing()
                .execute()
            > 0;
    if (opened) {
      transaction.afterCommit(
          () ->
              LOG.atWarn()
                  .addKeyValue("kind", kind.code())
                  .addKeyValue("method", place.method().code())
                  .addKeyValue("order", place.order().orElse(0L))
                  .log("a recharge needs somebody to look at it"));
    }
    return opened;
  }

  /** How many of each kind are not closed. */
  Map<String, Integer> unclosed(Transaction transaction) {
    return transaction
        .sql()
        .select(RECHARGE_CASE.KIND, DSL.count())
        .from(RECHARGE_CASE)
        .where(RECHARGE_CASE.STATE.ne(DSL.inline("closed")))
        .groupBy(RECHARGE_CASE.KIND)
        .fetchMap(row -> row.value1(), row -> row.value2());
  }

  /** Where a case belongs. */
  record Place(
      Optional<TenantId> tenant,
      Optional<Long> order,
      Optional<Long> comparison,
      PaymentMethod method) {}
}
