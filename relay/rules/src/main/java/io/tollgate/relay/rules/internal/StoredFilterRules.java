package io.tollgate.relay.rules.internal;

import static io.tollgate.schema.relay.Tables.FILTER_RULE;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.relay.rules.FilterRuleOrder;
import io.tollgate.relay.rules.FilterRuleRow;
import io.tollgate.relay.rules.FilterRuleSettings;
import io.tollgate.relay.rules.RuleFilter;
import io.tollgate.schema.relay.Keys;
import io.tollgate.schema.relay.tables.records.FilterRuleRecord;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Rules for filters in their table. */
public final class StoredFilterRules implements FilterRuleSettings {
  private static final int SECRET_BYTES = 32;
  private static final String SECRET_PREFIX = "tgf-";

  private final RuleOwner owner;
  private final FilterSecrets secrets;
  private final SecureRandom random;
  private final InstantSource clock;

  /**
   * @param random makes secrets
   */
  public StoredFilterRules(
      RuleOwner owner, FilterSecrets secrets, SecureRandom random, InstantSource clock) {
    this.owner = requireNonNull(owner, "owner is null");
    this.secrets = requireNonNull(secrets, "secrets is null");
    this.random = requireNonNull(random, "random is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public FilterRuleRow set(Transaction transaction, FilterRuleOrder order) {
    check(order);
    owner.require(transaction, order.tenant(), order.key());
    boolean known =
        transaction
            .sql()
            .fetchExists(
                FILTER_RULE,
                FILTER_RULE
                    .TENANT_ID
                    .eq(order.tenant().value())
                    .and(FILTER_RULE.API_KEY_ID.isNull()));
    Optional<String> secret =
        order.key().isPresent() || known ? Optional.empty() : Optional.of(newSecret());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    FilterRuleRecord stored =
        transaction
            .sql()
            .insertInto(FILTER_RULE)
            .set(FILTER_RULE.TENANT_ID, order.tenant().value())
            .set(FILTER_RULE.API_KEY_ID, order.key().map(ApiKeyId::value).orElse(null))
            .set(FILTER_RULE.ENABLED, order.enabled())
            .set(FILTER_RULE.URL, order.url().orElse(null))
            .set(FILTER_RULE.SECRET_SEALED, sealed(order, secret))
            .set(FILTER_RULE.BEFORE_REQUEST, order.beforeRequest())
            .set(FILTER_RULE.AFTER_ANSWER, order.afterAnswer())
            .set(FILTER_RULE.FAIL_OPEN, order.failOpen())
            .set(FILTER_RULE.TIMEOUT_MS, order.timeoutMs())
            .set(FILTER_RULE.PRIVATE, order.privateAddress())
            .set(FILTER_RULE.CREATED_AT, now)
            .set(FILTER_RULE.UPDATED_AT, now)
            .onConflictOnConstraint(Keys.FILTER_RULE_ONCE)
            .doUpdate()
            .set(FILTER_RULE.ENABLED, DSL.excluded(FILTER_RULE.ENABLED))
            .set(FILTER_RULE.URL, DSL.excluded(FILTER_RULE.URL))
            .set(FILTER_RULE.BEFORE_REQUEST, DSL.excluded(FILTER_RULE.BEFORE_REQUEST))
            .set(FILTER_RULE.AFTER_ANSWER, DSL.excluded(FILTER_RULE.AFTER_ANSWER))
            .set(FILTER_RULE.FAIL_OPEN, DSL.excluded(FILTER_RULE.FAIL_OPEN))
            .set(FILTER_RULE.TIMEOUT_MS, DSL.excluded(FILTER_RULE.TIMEOUT_MS))
            .set(FILTER_RULE.PRIVATE, DSL.excluded(FILTER_RULE.PRIVATE))
            .set(FILTER_RULE.UPDATED_AT, DSL.excluded(FILTER_RULE.UPDATED_AT))
            .returning()
            .fetchSingle();
    // where another has set it meanwhile, theirs is the secret
    Optional<String> shown =
        secret.filter(
            made -> made.equals(secrets.open(stored.getTenantId(), stored.getSecretSealed())));
    return row(stored, shown);
  }

  /** On a conflict the one that is there stays. */
  private byte @Nullable [] sealed(FilterRuleOrder order, Optional<String> made) {
    return order.key().isPresent() ? null : secrets.seal(order.tenant().value(), made.orElse(""));
  }

  private String newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return SECRET_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void check(FilterRuleOrder order) {
    if (order.key().isPresent()) {
      if (order.url().isPresent()) {
        throw GivenText.refused("url", order.url().get(), "none of a key; it is its tenant's");
      }
      return;
    }
    if (order.url().isEmpty()) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "url is missing (expected: https://…)");
    }
    var unused = FilterUrl.parse(order.url().get(), order.privateAddress());
    if (!order.beforeRequest() && !order.afterAnswer()) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "before_request: false, and so is after_answer (expected: one of them)");
    }
    if (order.timeoutMs() < MIN_TIMEOUT_MS || order.timeoutMs() > MAX_TIMEOUT_MS) {
      throw GivenText.refused(
          "timeout_ms",
          Integer.toString(order.timeoutMs()),
          MIN_TIMEOUT_MS + " to " + MAX_TIMEOUT_MS);
    }
  }

  @Override
  public void remove(Transaction transaction, long id) {
    if (transaction.sql().deleteFrom(FILTER_RULE).where(FILTER_RULE.ID.eq(id)).execute() == 0) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no filter rule " + id);
    }
  }

  @Override
  public ListPage<FilterRuleRow> list(
      Transaction transaction, RuleFilter filter, ListRequest request) {
    return ListPage.of(
        query(transaction.sql(), filter, request).fetch(row -> row(row, Optional.empty())),
        request,
        row -> Long.toString(row.id()),
        () -> transaction.sql().fetchCount(FILTER_RULE, condition(filter)));
  }

  static ResultQuery<FilterRuleRecord> query(DSLContext sql, RuleFilter filter, ListRequest page) {
    Condition condition = condition(filter);
    if (page.cursor().isPresent()) {
      condition = condition.and(FILTER_RULE.ID.gt(RuleCursor.parse(page.cursor().get())));
    }
    return sql.selectFrom(FILTER_RULE)
        .where(condition)
        .orderBy(FILTER_RULE.ID)
        .offset(page.offset())
        .limit(page.limit());
  }

  private static Condition condition(RuleFilter filter) {
    Condition condition = DSL.noCondition();
    if (filter.tenant().isPresent()) {
      condition = condition.and(FILTER_RULE.TENANT_ID.eq(filter.tenant().get().value()));
    }
    if (filter.key().isPresent()) {
      condition = condition.and(FILTER_RULE.API_KEY_ID.eq(filter.key().get().value()));
    }
    return condition;
  }

  static List<FilterRuleRecord> all(Transaction transaction) {
    return transaction.sql().selectFrom(FILTER_RULE).orderBy(FILTER_RULE.ID).fetch();
  }

  private static FilterRuleRow row(FilterRuleRecord row, Optional<String> secret) {
    return new FilterRuleRow(
        row.getId(),
        new FilterRuleOrder(
            new TenantId(row.getTenantId()),
            Optional.ofNullable(row.getApiKeyId()).map(ApiKeyId::new),
            row.getEnabled(),
            Optional.ofNullable(row.getUrl()),
            row.getBeforeRequest(),
            row.getAfterAnswer(),
            row.getFailOpen(),
            row.getTimeoutMs(),
            row.getPrivate()),
        secret,
        row.getCreatedAt(),
        row.getUpdatedAt());
  }
}
