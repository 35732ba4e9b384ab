package io.tollgate.relay.rules.internal;

import static io.tollgate.schema.relay.Tables.KEPT_PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.ListRequest;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import io.tollgate.relay.rules.RuleFilter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lists of rules, and what becomes of kept requests, on tables of many rows. */
@Tag("slow")
class RuleListsTest {
  private static final ListRequest PAGE = ListRequest.first(20);

  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void every_list_has_an_index_that_serves_it() throws SQLException {
    fill(
        "INSERT INTO relay.cache_rule (tenant_id, api_key_id, enabled, created_at, updated_at)"
            + " SELECT n % 500 + 1, n, true, now(), now() FROM generate_series(1, 50000) n",
        "INSERT INTO relay.prompt_rule (tenant_id, api_key_id, enabled, created_at, updated_at)"
            + " SELECT n % 500 + 1, n, true, now(), now() FROM generate_series(1, 50000) n",
        "INSERT INTO relay.filter_rule (tenant_id, api_key_id, enabled, before_request, after_answer,"
            + " fail_open, timeout_ms, private, created_at, updated_at)"
            + " SELECT n % 500 + 1, n, true, true, true, true, 300, false, now(), now()"
            + " FROM generate_series(1, 50000) n",
        "ANALYZE relay.cache_rule, relay.prompt_rule, relay.filter_rule");
    for (RuleFilter filter :
        new RuleFilter[] {
          new RuleFilter(Optional.empty(), Optional.empty()),
          new RuleFilter(Optional.of(new TenantId(7)), Optional.empty()),
          new RuleFilter(Optional.of(new TenantId(7)), Optional.of(new ApiKeyId(506))),
        }) {
      usesIndex(sql -> StoredCacheRules.query(sql, filter, PAGE));
      usesIndex(sql -> StoredFilterRules.query(sql, filter, PAGE));
      usesIndex(sql -> StoredPromptRules.query(sql, filter, PAGE));
    }
  }

  @Test
  void so_have_the_deletions_of_kept_requests() throws SQLException {
    fill(
        "INSERT INTO relay.kept_prompt (request_id, tenant_id, user_id, api_key_id, created_at,"
            + " expires_at, sealed) SELECT gen_random_uuid(), n % 50 + 1, n % 5000 + 1, 1, now(),"
            + " now() + n * interval '1 minute', 'x' FROM generate_series(1, 50000) n",
        "ANALYZE relay.kept_prompt");
    usesIndex(
        sql ->
            sql.deleteFrom(KEPT_PROMPT)
                .where(KEPT_PROMPT.TENANT_ID.eq(7L))
                .and(KEPT_PROMPT.USER_ID.eq(57L)));
    usesIndex(
        sql ->
            sql.select(KEPT_PROMPT.REQUEST_ID)
                .from(KEPT_PROMPT)
                .where(KEPT_PROMPT.EXPIRES_AT.le(Instant.now()))
                .limit(5_000));
  }

  private void fill(String... statements) throws SQLException {
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private void usesIndex(Function<DSLContext, Query> query) {
    String plan = database.transactions().read(t -> t.sql().explain(query.apply(t.sql())).plan());
    assertThat(plan).contains("Index").doesNotContain("Seq Scan on");
  }
}
