package io.tollgate.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.ListRequest;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.ApiKeyFilter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lists on a filled table: 40,000 keys of 20,000 users of 4 tenants, one in a thousand disabled.
 */
@Tag("slow")
class ApiKeyTableTest {
  private static final ListRequest TEN = ListRequest.first(10);
  private static final TestDatabase database = TestDatabase.create();

  @BeforeAll
  static void fill() throws SQLException {
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql :
          List.of(
              """
              INSERT INTO identity.tenant (name, app_key, app_secret_sealed, currency, zone,
                                           monthly_free_tokens, in_doubt_rule, created_at)
              SELECT 't' || n, 'k' || n, '', 'USD', 'UTC', 0, 'FREE', now()
                FROM generate_series(1, 4) AS n
              """,
              """
              INSERT INTO identity.tenant_user (tenant_id, external_id, invite_code, created_at)
              SELECT 1 + n % 4, 'u' || n, lpad(n::text, 8, '0'), now()
                FROM generate_series(1, 20000) AS n
              """,
              """
              INSERT INTO identity.api_key (tenant_id, user_id, name, secret_hash, prefix, active,
                                            created_at, updated_at)
              SELECT tenant_id, id, 'key ' || id || '-' || n, sha256((id || '-' || n)::bytea),
                     'sk-' || substr(md5(id::text), 1, 5), id % 1000 <> 0, now(), now()
                FROM identity.tenant_user, generate_series(1, 2) AS n
              """,
              "ANALYZE identity.api_key")) {
        boolean _ = statement.execute(sql);
      }
    }
  }

  @AfterAll
  static void close() {
    database.close();
  }

  static List<ApiKeyFilter> filters() {
    TenantId tenant = new TenantId(3);
    UserId user = new UserId(1_077);
    ApiKeyFilter all = ApiKeyFilter.ALL;
    return List.of(
        all,
        all.of(tenant),
        all.of(user),
        all.of(tenant).of(user).enabled(true),
        all.enabled(false),
        all.beginning("sk-a1b2c"),
        all.named("Key 1077"));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void every_list_is_read_from_an_index(ApiKeyFilter filter) {
    assertIndexed(filter, TEN);
    assertIndexed(filter, new ListRequest(1, 10, Optional.of("30000"), false));
  }

  @Test
  void a_presented_secret_is_found_by_an_index_be_it_new_or_retiring() {
    byte[][] hashes = {new byte[32], new byte[32]};
    String plan =
        database
            .transactions()
            .read(tx -> tx.sql().explain(StoredApiKeys.query(tx.sql(), hashes)).plan());
    assertThat(plan).contains("api_key_secret_hash").contains("api_key_retiring_hash");
    assertThat(plan).doesNotContain("Seq Scan on api_key");
  }

  private static void assertIndexed(ApiKeyFilter filter, ListRequest page) {
    String plan =
        database
            .transactions()
            .read(tx -> tx.sql().explain(ApiKeyTable.query(tx.sql(), filter, page)).plan());
    assertThat(plan).contains("Index").doesNotContain("Seq Scan on");
  }
}
