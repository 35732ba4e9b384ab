package io.tollgate.billing.internal.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.SpendLimitFilter;
import io.tollgate.data.ListRequest;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.SpendLimit.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits on filled tables: of 20,000 users and as many keys of 4 tenants, each with a window. */
@Tag("slow")
class LimitTableTest {
  private static final ListRequest TEN = ListRequest.first(10);
  private static final TestDatabase database = TestDatabase.create();

  @BeforeAll
  static void fill() throws SQLException {
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql :
          List.of(
              """
              INSERT INTO billing.spend_limit (tenant_id, scope, user_id, api_key_id, span,
                                               currency, amount, created_at, updated_at)
              SELECT 1 + n % 4, s.scope, n, CASE s.scope WHEN 'key' THEN n END, 'day', 'USD', 1,
                     now(), now()
                FROM generate_series(1, 20000) AS n, (VALUES ('user'), ('key')) AS s (scope)
              """,
              """
              INSERT INTO billing.spend_limit (tenant_id, scope, span, currency, amount,
                                               created_at, updated_at)
              SELECT n, 'tenant', 'total', 'USD', 1, now(), now() FROM generate_series(1, 4) AS n
              """,
              """
              INSERT INTO billing.spend_window (tenant_id, owner, currency, label, account_id,
                                                granted, applied, transfers)
              SELECT tenant_id, owner, currency, 'day:2026-11-21', id, 1,
                     CASE WHEN id % 1000 <> 0 THEN 1 END, 1
                FROM billing.spend_limit
              """,
              "ANALYZE billing.spend_limit, billing.spend_window")) {
        boolean _ = statement.execute(sql);
      }
    }
  }

  @AfterAll
  static void close() {
    database.close();
  }

  static List<SpendLimitFilter> filters() {
    Optional<TenantId> tenant = Optional.of(new TenantId(3));
    Optional<UserId> user = Optional.of(new UserId(77));
    return List.of(
        SpendLimitFilter.ALL,
        new SpendLimitFilter(tenant, Optional.empty(), Optional.empty(), Optional.empty()),
        new SpendLimitFilter(Optional.empty(), user, Optional.empty(), Optional.empty()),
        new SpendLimitFilter(
            Optional.empty(), Optional.empty(), Optional.of(new ApiKeyId(78)), Optional.empty()),
        new SpendLimitFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Scope.TENANT)),
        new SpendLimitFilter(tenant, user, Optional.empty(), Optional.of(Scope.KEY)));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void every_list_is_read_from_an_index(SpendLimitFilter filter) {
    assertIndexed(sql -> LimitTable.query(sql, filter, TEN));
    assertIndexed(
        sql -> LimitTable.query(sql, filter, new ListRequest(1, 10, Optional.of("30000"), false)));
  }

  @Test
  void the_limits_of_many_users_are_read_from_indexes() {
    Long[] tenants = new Long[100];
    Long[] users = new Long[100];
    String[] labels = new String[100];
    for (int i = 0; i < 100; i++) {
      tenants[i] = 1L + i % 4;
      users[i] = (long) i;
      labels[i] = "day:2026-11-21";
    }
    assertIndexed(sql -> sql.query(LimitsOfUsers.READ, tenants, users, labels, labels));
  }

  @Test
  void windows_that_wait_for_what_was_leased_are_read_from_indexes() {
    assertIndexed(sql -> sql.query(WindowTable.UNAPPLIED, "2026-11-21T08:00:00Z", 500));
  }

  private static void assertIndexed(Function<DSLContext, Query> query) {
    String plan = database.transactions().read(t -> t.sql().explain(query.apply(t.sql())).plan());
    assertThat(plan).contains("Index").doesNotContain("Seq Scan on");
  }
}
