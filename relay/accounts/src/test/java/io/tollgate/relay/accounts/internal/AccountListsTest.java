package io.tollgate.relay.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Protocol;
import io.tollgate.data.ListRequest;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.relay.accounts.AccountFilter;
import io.tollgate.relay.accounts.HealthState;
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

/** The list on filled tables: 20,000 accounts of 20 providers, a tenth of them deleted. */
@Tag("slow")
class AccountListsTest {
  private static final TestDatabase database = TestDatabase.create();

  @BeforeAll
  static void fill() throws SQLException {
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql :
          List.of(
              "INSERT INTO relay.provider (name, protocols)"
                  + " SELECT 'p' || n, '{openai}' FROM generate_series(1, 20) AS n",
              "INSERT INTO relay.provider_account (provider_id, name, base_url, archived_at)"
                  + " SELECT 1 + n % 20, 'a' || n, 'http://h',"
                  + " CASE WHEN n % 10 = 0 THEN now() END FROM generate_series(1, 20000) AS n",
              "INSERT INTO relay.provider_key (account_id, sealed)"
                  + " SELECT id, '\\x00' FROM relay.provider_account",
              "INSERT INTO relay.account_health (account_id, key_id, state, version)"
                  + " SELECT account_id, id, 'banned', id FROM relay.provider_key"
                  + " WHERE id % 3 = 0",
              "ANALYZE relay.provider, relay.provider_account, relay.provider_key,"
                  + " relay.account_health")) {
        boolean _ = statement.execute(sql);
      }
    }
  }

  @AfterAll
  static void close() {
    database.close();
  }

  static List<AccountFilter> filters() {
    Optional<String> none = Optional.empty();
    return List.of(
        AccountFilter.ALL,
        new AccountFilter(
            Optional.of("p7"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            none,
            none,
            none),
        new AccountFilter(
            none,
            Optional.of(Protocol.OPENAI),
            Optional.of(true),
            Optional.of(HealthState.BANNED),
            Optional.of("m"),
            Optional.of("default"),
            none));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void the_list_is_read_from_indexes_in_its_order(AccountFilter filter) {
    for (ListRequest request :
        List.of(ListRequest.first(10), new ListRequest(1, 10, Optional.of("12000"), false))) {
      String plan =
          database
              .transactions()
              .read(t -> t.sql().explain(AccountLists.query(t.sql(), filter, request)).plan());
      assertThat(plan)
          .contains("Index")
          .doesNotContain("Seq Scan on provider_account")
          .doesNotContain("Seq Scan on provider_key")
          .doesNotContain("Seq Scan on account_health");
    }
  }
}
