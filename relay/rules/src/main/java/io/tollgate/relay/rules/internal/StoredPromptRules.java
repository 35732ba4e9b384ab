package io.tollgate.relay.rules.internal;

import static io.tollgate.schema.relay.Tables.PROMPT_RULE;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.relay.rules.PromptRuleOrder;
import io.tollgate.relay.rules.PromptRuleRow;
import io.tollgate.relay.rules.PromptRuleSettings;
import io.tollgate.relay.rules.RuleFilter;
import io.tollgate.schema.relay.Keys;
import io.tollgate.schema.relay.tables.records.PromptRuleRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/** Rules for what is kept, in their table. */
public final class StoredPromptRules implements PromptRuleSettings {
  private final RuleOwner owner;
  private final InstantSource clock;

  public StoredPromptRules(RuleOwner owner, InstantSource clock) {
    this.owner = requireNonNull(owner, "owner is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public PromptRuleRow set(Transaction transaction, PromptRuleOrder order) {
    check(order);
    owner.require(transaction, order.tenant(), order.key());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return transaction
        .sql()
        .insertInto(PROMPT_RULE)
        .set(PROMPT_RULE.TENANT_ID, order.tenant().value())
        .set(PROMPT_RULE.API_KEY_ID, order.key().map(ApiKeyId::value).orElse(null))
        .set(PROMPT_RULE.ENABLED, order.enabled())
        .set(
            PROMPT_RULE.TTL_SECONDS,
            order.ttlSeconds().isPresent() ? (Integer) order.ttlSeconds().getAsInt() : null)
        .set(PROMPT_RULE.CREATED_AT, now)
        .set(PROMPT_RULE.UPDATED_AT, now)
        .onConflictOnConstraint(Keys.PROMPT_RULE_ONCE)
        .doUpdate()
        .set(PROMPT_RULE.ENABLED, DSL.excluded(PROMPT_RULE.ENABLED))
        .set(PROMPT_RULE.TTL_SECONDS, DSL.excluded(PROMPT_RULE.TTL_SECONDS))
        .set(PROMPT_RULE.UPDATED_AT, DSL.excluded(PROMPT_RULE.UPDATED_AT))
        .returning()
        .fetchSingle(StoredPromptRules::row);
  }

  private static void check(PromptRuleOrder order) {
    String expected = "1 to " + MAX_TTL_SECONDS;
    int ttl = order.ttlSeconds().orElse(1);
    if (ttl < 1 || ttl > MAX_TTL_SECONDS) {
      throw GivenText.refused("ttl_seconds", Integer.toString(ttl), expected);
    }
    if (order.key().isEmpty() && order.ttlSeconds().isEmpty()) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "ttl_seconds is missing (expected: " + expected + ")");
    }
  }

  @Override
  public void remove(Transaction transaction, long id) {
    if (transaction.sql().deleteFrom(PROMPT_RULE).where(PROMPT_RULE.ID.eq(id)).execute() == 0) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no prompt rule " + id);
    }
  }

  @Override
  public ListPage<PromptRuleRow> list(
      Transaction transaction, RuleFilter filter, ListRequest request) {
    return ListPage.of(
        query(transaction.sql(), filter, request).fetch(StoredPromptRules::row),
        request,
        row -> Long.toString(row.id()),
        () -> transaction.sql().fetchCount(PROMPT_RULE, condition(filter)));
  }

  static ResultQuery<PromptRuleRecord> query(DSLContext sql, RuleFilter filter, ListRequest page) {
    Condition condition = condition(filter);
    if (page.cursor().isPresent()) {
      condition = condition.and(PROMPT_RULE.ID.gt(RuleCursor.parse(page.cursor().get())));
    }
    return sql.selectFrom(PROMPT_RULE)
        .where(condition)
        .orderBy(PROMPT_RULE.ID)
        .offset(page.offset())
        .limit(page.limit());
  }

  private static Condition condition(RuleFilter filter) {
    Condition condition = DSL.noCondition();
    if (filter.tenant().isPresent()) {
      condition = condition.and(PROMPT_RULE.TENANT_ID.eq(filter.tenant().get().value()));
    }
    if (filter.key().isPresent()) {
      condition = condition.and(PROMPT_RULE.API_KEY_ID.eq(filter.key().get().value()));
    }
    return condition;
  }

  static List<PromptRuleRecord> all(Transaction transaction) {
    return transaction.sql().selectFrom(PROMPT_RULE).orderBy(PROMPT_RULE.ID).fetch();
  }

  private static PromptRuleRow row(PromptRuleRecord row) {
    return new PromptRuleRow(
        row.getId(),
        new PromptRuleOrder(
            new TenantId(row.getTenantId()),
            Optional.ofNullable(row.getApiKeyId()).map(ApiKeyId::new),
            row.getEnabled(),
            row.getTtlSeconds() == null
                ? OptionalInt.empty()
                : OptionalInt.of(row.getTtlSeconds())),
        row.getCreatedAt(),
        row.getUpdatedAt());
  }
}
