package io.tollgate.relay.rules.internal;

import static io.tollgate.schema.relay.Tables.CACHE_RULE;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.rules.CacheRuleOrder;
import io.tollgate.relay.rules.CacheRuleRow;
import io.tollgate.relay.rules.CacheRuleSettings;
import io.tollgate.relay.rules.RuleFilter;
import io.tollgate.schema.relay.Keys;
import io.tollgate.schema.relay.Sequences;
import io.tollgate.schema.relay.tables.records.CacheRuleRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/** Rules for caches in their table. */
public final class StoredCacheRules implements CacheRuleSettings {
  private static final int SHARE_DECIMALS = 4;

  private final RuleOwner owner;
  private final InstantSource clock;

  public StoredCacheRules(RuleOwner owner, InstantSource clock) {
    this.owner = requireNonNull(owner, "owner is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public CacheRuleRow set(Transaction transaction, CacheRuleOrder order) {
    check(order);
    owner.require(transaction, order.tenant(), order.key());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return transaction
        .sql()
        .insertInto(CACHE_RULE)
        .set(CACHE_RULE.TENANT_ID, order.tenant().value())
        .set(CACHE_RULE.API_KEY_ID, order.key().map(ApiKeyId::value).orElse(null))
        .set(CACHE_RULE.ENABLED, order.enabled())
        .set(
            CACHE_RULE.TTL_SECONDS,
            order.ttlSeconds().isPresent() ? (Integer) order.ttlSeconds().getAsInt() : null)
        .set(CACHE_RULE.HIT_SHARE, order.hitShare().orElse(null))
        .set(CACHE_RULE.CREATED_AT, now)
        .set(CACHE_RULE.UPDATED_AT, now)
        .onConflictOnConstraint(Keys.CACHE_RULE_ONCE)
        .doUpdate()
        .set(CACHE_RULE.ENABLED, DSL.excluded(CACHE_RULE.ENABLED))
        .set(CACHE_RULE.TTL_SECONDS, DSL.excluded(CACHE_RULE.TTL_SECONDS))
        .set(CACHE_RULE.HIT_SHARE, DSL.excluded(CACHE_RULE.HIT_SHARE))
        .set(CACHE_RULE.UPDATED_AT, DSL.excluded(CACHE_RULE.UPDATED_AT))
        .returning()
        .fetchSingle(CacheRuleTable::row);
  }

  private static void check(CacheRuleOrder order) {
    int ttl = order.ttlSeconds().orElse(1);
    if (ttl < 1 || ttl > MAX_TTL_SECONDS) {
      throw refused("ttl_seconds", Integer.toString(ttl), "1 to " + MAX_TTL_SECONDS);
    }
    if (order.key().isPresent()) {
      if (order.hitShare().isPresent()) {
        throw refused(
            "hit_share", order.hitShare().get().toString(), "none of a key; it is its tenant's");
      }
      return;
    }
    if (order.ttlSeconds().isEmpty()) {
      throw missing("ttl_seconds", "1 to " + MAX_TTL_SECONDS);
    }
    BigDecimal share =
        order
            .hitShare()
            .orElseThrow(() -> missing("hit_share", "0 to 1, at most 4 decimals; 0 is free"));
    if (share.signum() < 0
        || share.compareTo(BigDecimal.ONE) > 0
        || share.precision() > 32
        || share.stripTrailingZeros().scale() > SHARE_DECIMALS) {
      throw refused("hit_share", share.toString(), "0 to 1, at most 4 decimals");
    }
  }

  private static Refusal refused(String field, String given, String expected) {
    return GivenText.refused(field, given, expected);
  }

  private static Refusal missing(String field, String expected) {
    return new Refusal(
        ErrorCode.INVALID_REQUEST, field + " is missing (expected: " + expected + ")");
  }

  @Override
  public void remove(Transaction transaction, long id) {
    if (transaction.sql().deleteFrom(CACHE_RULE).where(CACHE_RULE.ID.eq(id)).execute() == 0) {
      throw unknown(id);
    }
  }

  @Override
  public CacheRuleRow purge(Transaction transaction, long id) {
    CacheRuleRow found =
        transaction
            .sql()
            .selectFrom(CACHE_RULE)
            .where(CACHE_RULE.ID.eq(id))
            .fetchOptional(CacheRuleTable::row)
            .orElseThrow(() -> unknown(id));
    transaction
        .sql()
        .update(CACHE_RULE)
        .set(CACHE_RULE.GENERATION, Sequences.CACHE_GENERATION.nextval())
        .where(CACHE_RULE.TENANT_ID.eq(found.set().tenant().value()))
        .execute();
    return found;
  }

  private static Refusal unknown(long id) {
    return new Refusal(ErrorCode.NOT_FOUND, "there is no cache rule " + id);
  }

  @Override
  public ListPage<CacheRuleRow> list(
      Transaction transaction, RuleFilter filter, ListRequest request) {
    return ListPage.of(
        query(transaction.sql(), filter, request).fetch(CacheRuleTable::row),
        request,
        row -> Long.toString(row.id()),
        () -> transaction.sql().fetchCount(CACHE_RULE, condition(filter)));
  }

  static ResultQuery<CacheRuleRecord> query(DSLContext sql, RuleFilter filter, ListRequest page) {
    Condition condition = condition(filter);
    if (page.cursor().isPresent()) {
      condition = condition.and(CACHE_RULE.ID.gt(RuleCursor.parse(page.cursor().get())));
    }
    return sql.selectFrom(CACHE_RULE)
        .where(condition)
        .orderBy(CACHE_RULE.ID)
        .offset(page.offset())
        .limit(page.limit());
  }

  private static Condition condition(RuleFilter filter) {
    Condition condition = DSL.noCondition();
    if (filter.tenant().isPresent()) {
      condition = condition.and(CACHE_RULE.TENANT_ID.eq(filter.tenant().get().value()));
    }
    if (filter.key().isPresent()) {
      condition = condition.and(CACHE_RULE.API_KEY_ID.eq(filter.key().get().value()));
    }
    return condition;
  }

  static List<CacheRuleTable.Stored> all(Transaction transaction) {
    return transaction
        .sql()
        .selectFrom(CACHE_RULE)
        .orderBy(CACHE_RULE.ID)
        .fetch(CacheRuleTable::read);
  }
}
