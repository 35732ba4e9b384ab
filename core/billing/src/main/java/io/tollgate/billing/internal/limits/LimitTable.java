package io.tollgate.billing.internal.limits;

import static io.tollgate.schema.billing.Tables.SPEND_LIMIT;

import io.tollgate.billing.SpendLimitFilter;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.schema.billing.Keys;
import io.tollgate.schema.billing.tables.records.SpendLimitRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/** The table of spend limits. */
final class LimitTable {
  /** Limits that are there, with their amounts, which nobody changes until the transaction ends. */
  Map<Long, Long> lockAmounts(Transaction transaction, Collection<Long> limits) {
    return transaction
        .sql()
        .select(SPEND_LIMIT.ID, SPEND_LIMIT.AMOUNT)
        .from(SPEND_LIMIT)
        .where(SPEND_LIMIT.ID.eq(DSL.any(limits.toArray(Long[]::new))))
        .orderBy(SPEND_LIMIT.ID)
        .forShare()
        .fetchMap(SPEND_LIMIT.ID, SPEND_LIMIT.AMOUNT);
  }

  /** Inserts it, or changes the amount of the one that is there. */
  StoredLimit set(Transaction transaction, LimitKey key, Amount amount, Instant now) {
    return transaction
        .sql()
        .insertInto(SPEND_LIMIT)
        .set(SPEND_LIMIT.TENANT_ID, key.tenant().value())
        .set(SPEND_LIMIT.SCOPE, key.scope().code())
        .set(SPEND_LIMIT.USER_ID, key.user().map(UserId::value).orElse(null))
        .set(SPEND_LIMIT.API_KEY_ID, key.key().map(ApiKeyId::value).orElse(null))
        .set(SPEND_LIMIT.SPAN, key.span().code())
        .set(SPEND_LIMIT.CURRENCY, key.currency().code())
        .set(SPEND_LIMIT.AMOUNT, amount.units())
        .set(SPEND_LIMIT.CREATED_AT, now)
        .set(SPEND_LIMIT.UPDATED_AT, now)
        .onConflictOnConstraint(Keys.SPEND_LIMIT_ONCE)
        .doUpdate()
        .set(SPEND_LIMIT.AMOUNT, DSL.excluded(SPEND_LIMIT.AMOUNT))
        .set(SPEND_LIMIT.UPDATED_AT, DSL.excluded(SPEND_LIMIT.UPDATED_AT))
        .where(SPEND_LIMIT.AMOUNT.ne(DSL.excluded(SPEND_LIMIT.AMOUNT)))
        .returning()
        .fetchOptional(StoredLimit::read)
        .orElseGet(() -> unchanged(transaction, key));
  }

  /** The one with the same amount that stood in the way of the insert, and is locked by it. */
  private static StoredLimit unchanged(Transaction transaction, LimitKey key) {
    return transaction
        .sql()
        .selectFrom(SPEND_LIMIT)
        .where(SPEND_LIMIT.TENANT_ID.eq(key.tenant().value()))
        .and(SPEND_LIMIT.SCOPE.eq(key.scope().code()))
        .and(is(SPEND_LIMIT.USER_ID, key.user().map(UserId::value)))
        .and(is(SPEND_LIMIT.API_KEY_ID, key.key().map(ApiKeyId::value)))
        .and(SPEND_LIMIT.SPAN.eq(key.span().code()))
        .and(SPEND_LIMIT.CURRENCY.eq(key.currency().code()))
        .fetchSingle(StoredLimit::read);
  }

  private static Condition is(Field<Long> field, Optional<Long> value) {
    return value.map(field::eq).orElseGet(field::isNull);
  }

  /** Deletes it; the row as it was. */
  Optional<StoredLimit> delete(Transaction transaction, long id) {
    return transaction
        .sql()
        .deleteFrom(SPEND_LIMIT)
        .where(SPEND_LIMIT.ID.eq(id))
        .returning()
        .fetchOptional(StoredLimit::read);
  }

  ListPage<StoredLimit> page(Transaction transaction, SpendLimitFilter filter, ListRequest page) {
    return ListPage.of(
        query(transaction.sql(), filter, page).fetch(StoredLimit::read),
        page,
        limit -> Long.toString(limit.id()),
        () -> count(transaction, filter));
  }

  static ResultQuery<SpendLimitRecord> query(
      DSLContext sql, SpendLimitFilter filter, ListRequest page) {
    Condition condition = condition(filter);
    if (page.cursor().isPresent()) {
      condition = condition.and(SPEND_LIMIT.ID.gt(parse(page.cursor().get())));
    }
    return sql.selectFrom(SPEND_LIMIT)
        .where(condition)
        .orderBy(SPEND_LIMIT.ID)
        .offset(page.offset())
        .limit(page.limit());
  }

  private static long count(Transaction transaction, SpendLimitFilter filter) {
    return transaction.sql().fetchCount(SPEND_LIMIT, condition(filter));
  }

  private static Condition condition(SpendLimitFilter filter) {
    Condition condition = DSL.noCondition();
    if (filter.tenant().isPresent()) {
      condition = condition.and(SPEND_LIMIT.TENANT_ID.eq(filter.tenant().get().value()));
    }
    if (filter.user().isPresent()) {
      condition = condition.and(SPEND_LIMIT.USER_ID.eq(filter.user().get().value()));
    }
    if (filter.key().isPresent()) {
      condition = condition.and(SPEND_LIMIT.API_KEY_ID.eq(filter.key().get().value()));
    }
    if (filter.scope().isPresent()) {
      condition = condition.and(SPEND_LIMIT.SCOPE.eq(filter.scope().get().code()));
    }
    return condition;
  }

  private static long parse(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", e);
    }
  }
}
