package io.tollgate.billing.internal.subscriptions;

import static io.tollgate.schema.billing.Tables.SUBSCRIPTION;
import static io.tollgate.schema.billing.Tables.SUBSCRIPTION_STEP;

import io.tollgate.billing.Plan;
import io.tollgate.billing.Subscription;
import io.tollgate.billing.Subscriptions.Filter;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.schema.billing.tables.records.SubscriptionRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/** The tables of subscriptions and of their steps. */
final class SubscriptionTable {
  private static final String ENDED = Subscription.State.ENDED.code();

  private SubscriptionTable() {}

  /** Inserts a purchase; nothing where the user has a subscription, or used the key before. */
  static Optional<Held> insert(
      Transaction transaction,
      TenantId tenant,
      UserId user,
      Plan plan,
      Amount price,
      String key,
      Instant now,
      Instant periodEnds) {
    return transaction
        .sql()
        .insertInto(SUBSCRIPTION)
        .set(SUBSCRIPTION.TENANT_ID, tenant.value())
        .set(SUBSCRIPTION.USER_ID, user.value())
        .set(SUBSCRIPTION.PLAN_ID, plan.id())
        .set(SUBSCRIPTION.STATE, Subscription.State.ACTIVE.code())
        .set(SUBSCRIPTION.RENEWS, true)
        .set(SUBSCRIPTION.BOUGHT_KEY, key)
        .set(SUBSCRIPTION.BOUGHT_PLAN_ID, plan.id())
        .set(SUBSCRIPTION.ANCHOR_AT, now)
        .set(SUBSCRIPTION.PERIOD_NUMBER, 1)
        .set(SUBSCRIPTION.PERIOD_STARTS_AT, now)
        .set(SUBSCRIPTION.PERIOD_ENDS_AT, periodEnds)
        .set(SUBSCRIPTION.PERIOD_PRICE, price.units())
        .set(SUBSCRIPTION.WINDOW_ENDS_AT, now)
        .set(SUBSCRIPTION.DUE_AT, periodEnds)
        .set(SUBSCRIPTION.STEPS, 0)
        .set(SUBSCRIPTION.CREATED_AT, now)
        .onConflictDoNothing()
        .returning()
        .fetchOptional(SubscriptionTable::read);
  }

  /** The plan that was bought with a key, and the subscription as it is now. */
  static Optional<Map.Entry<Long, Held>> bought(
      Transaction transaction, TenantId tenant, UserId user, String key) {
    return transaction
        .sql()
        .selectFrom(SUBSCRIPTION)
        .where(SUBSCRIPTION.TENANT_ID.eq(tenant.value()))
        .and(SUBSCRIPTION.USER_ID.eq(user.value()))
        .and(SUBSCRIPTION.BOUGHT_KEY.eq(key))
        .fetchOptional(row -> Map.entry(row.getBoughtPlanId(), read(row)));
  }

  static Optional<Held> of(Transaction transaction, TenantId tenant, UserId user, boolean locked) {
    var query =
        transaction
            .sql()
            .selectFrom(SUBSCRIPTION)
            .where(SUBSCRIPTION.TENANT_ID.eq(tenant.value()))
            .and(SUBSCRIPTION.USER_ID.eq(user.value()))
            .and(SUBSCRIPTION.STATE.ne(ENDED));
    return locked
        ? query.forUpdate().fetchOptional(SubscriptionTable::read)
        : query.fetchOptional(SubscriptionTable::read);
  }

  static Optional<Held> lock(Transaction transaction, long id) {
    return transaction
        .sql()
        .selectFrom(SUBSCRIPTION)
        .where(SUBSCRIPTION.ID.eq(id))
        .forUpdate()
        .fetchOptional(SubscriptionTable::read);
  }

  /** Locks one for which something is due, unless somebody else is at it. */
  static Optional<Held> lockDue(Transaction transaction, long id, Instant now) {
    return transaction
        .sql()
        .selectFrom(SUBSCRIPTION)
        .where(SUBSCRIPTION.ID.eq(id))
        .and(SUBSCRIPTION.STATE.ne(ENDED))
        .and(SUBSCRIPTION.DUE_AT.le(now))
        .forUpdate()
        .skipLocked()
        .fetchOptional(SubscriptionTable::read);
  }

  static List<Long> due(Transaction transaction, Instant now, int max) {
    return transaction
        .sql()
        .select(SUBSCRIPTION.ID)
        .from(SUBSCRIPTION)
        .where(SUBSCRIPTION.STATE.ne(ENDED))
        .and(SUBSCRIPTION.DUE_AT.le(now))
        .orderBy(SUBSCRIPTION.DUE_AT, SUBSCRIPTION.ID)
        .limit(max)
        .fetch(SUBSCRIPTION.ID);
  }

  static void postpone(Transaction transaction, long id, Instant until) {
    int _ =
        transaction
            .sql()
            .update(SUBSCRIPTION)
            .set(SUBSCRIPTION.DUE_AT, until)
            .where(SUBSCRIPTION.ID.eq(id))
            .and(SUBSCRIPTION.STATE.ne(ENDED))
            .execute();
  }

  static void update(Transaction transaction, Held held) {
    int _ =
        transaction
            .sql()
            .update(SUBSCRIPTION)
            .set(SUBSCRIPTION.PLAN_ID, held.plan())
            .set(SUBSCRIPTION.NEXT_PLAN_ID, held.nextPlan().orElse(null))
            .set(SUBSCRIPTION.STATE, held.state().code())
            .set(SUBSCRIPTION.RENEWS, held.renews())
            .set(SUBSCRIPTION.ANCHOR_AT, held.anchorAt())
            .set(SUBSCRIPTION.PERIOD_NUMBER, held.periodNumber())
            .set(SUBSCRIPTION.PERIOD_STARTS_AT, held.periodStartsAt())
            .set(SUBSCRIPTION.PERIOD_ENDS_AT, held.periodEndsAt())
            .set(SUBSCRIPTION.PERIOD_PRICE, held.periodPrice())
            .set(SUBSCRIPTION.WINDOW_ENDS_AT, held.windowEndsAt())
            .set(SUBSCRIPTION.GRACE_ENDS_AT, held.graceEndsAt().orElse(null))
            .set(SUBSCRIPTION.DUE_AT, held.dueAt())
            .set(SUBSCRIPTION.STEPS, held.steps())
            .set(SUBSCRIPTION.ENDED_AT, held.endedAt().orElse(null))
            .where(SUBSCRIPTION.ID.eq(held.id()))
            .execute();
  }

  static void insert(Transaction transaction, Held held, Step step, Instant now) {
    int _ =
        transaction
            .sql()
            .insertInto(SUBSCRIPTION_STEP)
            .set(SUBSCRIPTION_STEP.SUBSCRIPTION_ID, held.id())
            .set(SUBSCRIPTION_STEP.STEP, held.steps())
            .set(SUBSCRIPTION_STEP.KIND, step.kind().code())
            .set(SUBSCRIPTION_STEP.PLAN_ID, held.plan())
            .set(SUBSCRIPTION_STEP.PAID, step.paid())
            .set(SUBSCRIPTION_STEP.PAYMENT_TRANSFER, step.payment().orElse(null))
            .set(SUBSCRIPTION_STEP.TOKENS, step.tokens())
            .set(SUBSCRIPTION_STEP.GRANT_TRANSFER, step.grant().orElse(null))
            .set(
                SUBSCRIPTION_STEP.ADMIN_ID,
                step.by().admin().map(admin -> admin.value()).orElse(null))
            .set(SUBSCRIPTION_STEP.AT, now)
            .execute();
  }

  /** Transfers that gave quotas which have not expired. */
  static List<UUID> grants(Transaction transaction, long id) {
    return transaction
        .sql()
        .select(SUBSCRIPTION_STEP.GRANT_TRANSFER)
        .from(SUBSCRIPTION_STEP)
        .where(SUBSCRIPTION_STEP.SUBSCRIPTION_ID.eq(id))
        .and(SUBSCRIPTION_STEP.GRANT_TRANSFER.isNotNull())
        .orderBy(SUBSCRIPTION_STEP.STEP.desc())
        .limit(100)
        .fetch(SUBSCRIPTION_STEP.GRANT_TRANSFER);
  }

  static ListPage<Held> page(Transaction transaction, Filter filter, ListRequest page) {
    return ListPage.of(
        query(transaction.sql(), filter, page).fetch(SubscriptionTable::read),
        page,
        held -> Long.toString(held.id()),
        () -> transaction.sql().fetchCount(SUBSCRIPTION, condition(filter)));
  }

  static ResultQuery<SubscriptionRecord> query(DSLContext sql, Filter filter, ListRequest page) {
    Condition condition = condition(filter);
    if (page.cursor().isPresent()) {
      condition = condition.and(SUBSCRIPTION.ID.gt(Cursors.number(page.cursor().get())));
    }
    return sql.selectFrom(SUBSCRIPTION)
        .where(condition)
        .orderBy(SUBSCRIPTION.ID)
        .offset(page.offset())
        .limit(page.limit());
  }

  private static Condition condition(Filter filter) {
    Condition condition = DSL.noCondition();
    if (filter.tenant().isPresent()) {
      condition = condition.and(SUBSCRIPTION.TENANT_ID.eq(filter.tenant().get().value()));
    }
    if (filter.user().isPresent()) {
      condition = condition.and(SUBSCRIPTION.USER_ID.eq(filter.user().get().value()));
    }
    if (filter.plan().isPresent()) {
      condition = condition.and(SUBSCRIPTION.PLAN_ID.eq(filter.plan().get()));
    }
    if (filter.state().isPresent()) {
      condition = condition.and(SUBSCRIPTION.STATE.eq(filter.state().get().code()));
    }
    return condition;
  }

  private static Held read(SubscriptionRecord row) {
    return new Held(
        row.getId(),
        new TenantId(row.getTenantId()),
        new UserId(row.getUserId()),
        row.getPlanId(),
        Optional.ofNullable(row.getNextPlanId()),
        Subscription.State.find(row.getState()).orElseThrow(),
        row.getRenews(),
        row.getAnchorAt(),
        row.getPeriodNumber(),
        row.getPeriodStartsAt(),
        row.getPeriodEndsAt(),
        row.getPeriodPrice(),
        row.getWindowEndsAt(),
        Optional.ofNullable(row.getGraceEndsAt()),
        row.getDueAt(),
        row.getSteps(),
        row.getCreatedAt(),
        Optional.ofNullable(row.getEndedAt()));
  }
}
