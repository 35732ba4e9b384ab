package io.tollgate.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.ListRequest;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.UserFilter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The list of users on a filled table: 20,000 of 4 tenants, one in a thousand off. */
@Tag("slow")
class UserTableTest {
  private static final TestDatabase database = TestDatabase.create();

  @BeforeAll
  static void fill() throws SQLException {
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql :
          List.of(
              // without root users, and without counting teams row by row
              "SET session_replication_role = replica",
              """
              INSERT INTO identity.tenant (name, app_key, app_secret_sealed, currency, zone,
                                           monthly_free_tokens, in_doubt_rule, created_at)
              SELECT 't' || n, 'k' || n, '', 'USD', 'UTC', 0, 'FREE', now()
                FROM generate_series(1, 4) AS n
              """,
              """
              INSERT INTO identity.tenant_user (tenant_id, external_id, email, invite_code, active,
                                                created_at)
              SELECT 1 + n % 4, 'u' || n, 'u' || n || '@a.example', lpad(n::text, 8, '0'),
                     n % 1000 <> 0, now()
                FROM generate_series(1, 20000) AS n
              """,
              """
              UPDATE identity.tenant_user AS u SET inviter_id = i.id
                FROM identity.tenant_user AS i
               WHERE i.id = 1001 + (u.id % 500) * 4 AND i.tenant_id = u.tenant_id AND i.id < u.id
              """,
              "ANALYZE identity.tenant_user")) {
        boolean _ = statement.execute(sql);
      }
    }
  }

  @AfterAll
  static void close() {
    database.close();
  }

  static List<UserFilter> filters() {
    return List.of(
        UserFilter.ALL,
        filter(Optional.of(new TenantId(3)), "", "", "", 0, Optional.empty()),
        filter(Optional.empty(), "u77", "", "", 0, Optional.empty()),
        filter(Optional.empty(), "", "U777", "", 0, Optional.empty()),
        filter(Optional.of(new TenantId(2)), "", "u1@a.example", "", 0, Optional.empty()),
        filter(Optional.empty(), "", "", "00000777", 0, Optional.empty()),
        filter(Optional.empty(), "", "", "", 1_041, Optional.empty()),
        filter(Optional.empty(), "", "", "", 0, Optional.of(false)),
        filter(Optional.empty(), "", "", "", 0, Optional.of(true)));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void every_list_is_read_from_an_index(UserFilter filter) {
    for (ListRequest page :
        List.of(ListRequest.first(10), new ListRequest(1, 10, Optional.of("15000"), false))) {
      String plan =
          database
              .transactions()
              .read(tx -> tx.sql().explain(UserTable.query(tx.sql(), filter, page)).plan());
      assertThat(plan).contains("Index").doesNotContain("Seq Scan on");
    }
  }

  private static UserFilter filter(
      Optional<TenantId> tenant,
      String externalId,
      String email,
      String code,
      long inviter,
      Optional<Boolean> active) {
    return new UserFilter(
        tenant,
        Optional.empty(),
        Optional.of(externalId).filter(text -> !text.isEmpty()),
        Optional.of(email).filter(text -> !text.isEmpty()),
        Optional.of(code).filter(text -> !text.isEmpty()),
        inviter == 0 ? Optional.empty() : Optional.of(new UserId(inviter)),
        active);
  }
}
