package io.tollgate.ledger.internal.accounts;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ledger.TestBooks;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How PostgreSQL finds the accounts of a few users among those of many. */
final class LockedOfUsersPlanTest {
  private final TestBooks books = TestBooks.shared();

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void the_accounts_of_users_are_found_by_their_owners() {
    fill();
    assertThat(plan(LockedOfUsers.LOCK, "")).contains("account_by_owner");
    assertThat(plan(LockedOfUsers.LOCK_WITH_OTHERS, ", '{1,2,3}'"))
        .contains("account_by_owner")
        .contains("account_pkey")
        .doesNotContain("Seq Scan");
  }

  private void fill() {
    books.asOwner(
        """
        INSERT INTO ledger.account (tenant_id, owner, kind, asset, period, scale, hot, created_at)
        SELECT 1 + u % 7, 'user:' || u, k.kind, 'USD', '', 9, false, now()
          FROM generate_series(1, 5000) AS u, (VALUES ('balance'), ('gift')) AS k (kind)
        """,
        "ANALYZE ledger.account");
  }

  /** The plan that a statement has once it is asked often, whatever its parameters are. */
  private String plan(String query, String others) {
    StringBuilder numbered = new StringBuilder();
    int parameter = 0;
    for (char c : query.toCharArray()) {
      numbered.append(c == '?' ? "$" + ++parameter : String.valueOf(c));
    }
    return books.inWrite(
        t -> {
          t.sql().execute("SET LOCAL plan_cache_mode = force_generic_plan");
          t.sql()
              .connection(
                  connection -> {
                    try (var statement = connection.createStatement()) {
                      boolean unused = statement.execute("PREPARE asked AS " + numbered);
                    }
                  });
          List<String> lines =
              t.sql()
                  .fetch(
                      "EXPLAIN EXECUTE asked ('{user:7,user:8}', '{USD}', '2026-11-21'"
                          + others
                          + ")")
                  .map(row -> row.get(0, String.class));
          t.sql().execute("DEALLOCATE asked");
          return lines.stream().collect(joining("\n"));
        });
  }
}
