package io.tollgate.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.data.ListRequest;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The administrators' log is written with what it tells of, or not at all. */
@Tag("slow")
class AdminChangesTest {
  private final IdentityFixture fixture = new IdentityFixture();
  private final Transactions transactions = fixture.database.transactions();
  private final AdminChanges changes =
      AdminLogModule.over(transactions, new AdminLogConfig(Duration.ofDays(30), 3), fixture.clock)
          .changes();
  private final AdminAct act =
      new AdminAct(
          "PUT /api/tenants/{id}",
          "/api/tenants/1",
          Map.of("id", "1"),
          UUID.randomUUID(),
          new SignInOrigin("10.0.0.9", "a browser"));

  @BeforeEach
  void there_is_a_tenant() {
    act.by(new Principal.OfAdmin(new AdminId(1), "root", "Root", AdminRole.OWNER));
    rename("before");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_change_that_is_rolled_back_leaves_nothing() {
    assertThatThrownBy(
            () ->
                changes.noting(
                    act,
                    () ->
                        transactions.write(
                            tx -> {
                              rename(tx, "half");
                              throw new IllegalStateException("dies here");
                            })))
        .hasMessage("dies here");
    assertThat(rows()).isEmpty();
  }

  @Test
  void each_transaction_has_a_row_of_its_own_and_one_that_changes_nothing_none() throws Exception {
    var _ =
        changes.noting(
            act,
            () -> {
              transactions.write(tx -> rename(tx, "one"));
              transactions.write(tx -> rename(tx, "one"));
              return transactions.write(tx -> rename(tx, "two"));
            });
    List<AdminChange> rows = rows();
    assertThat(rows).hasSize(2).allSatisfy(row -> assertThat(row.thing()).isEqualTo("tenant"));
    assertThat(rows.getFirst().changes())
        .contains("\"before\": {\"name\": \"one\"}", "\"after\": {\"name\": \"two\"}");
    assertThat(rows.getFirst().origin()).isEqualTo(new SignInOrigin("10.0.0.9", "a browser"));
  }

  @Test
  void what_others_change_at_the_same_time_is_not_in_it() throws Exception {
    var _ = changes.noting(act, () -> act);
    rename("by nobody");
    assertThat(rows()).hasSize(1).allSatisfy(row -> assertThat(row.changed()).isZero());
  }

  @Test
  void of_many_changed_rows_fifty_are_kept_and_all_are_counted() throws Exception {
    var _ =
        changes.noting(
            act,
            () ->
                transactions.write(
                    tx ->
                        tx.sql()
                            .execute(
                                """
                                INSERT INTO identity.tenant_user (tenant_id, external_id,
                                                                  invite_code, created_at)
                                SELECT (SELECT min(id) FROM identity.tenant), 'u' || n,
                                       'code' || n + 100000, now()
                                  FROM generate_series(1, 300) AS n
                                """)));
    AdminChange row = rows().getFirst();
    assertThat(row.changed()).isEqualTo(300);
    assertThat(row.changes().split("\"thing\"", -1)).hasSize(51);
  }

  @Test
  void long_texts_are_cut() throws Exception {
    String secret = "x".repeat(90) + "y".repeat(10);
    var _ = changes.noting(act, () -> transactions.write(tx -> rename(tx, secret)));
    assertThat(rows().getFirst().changes()).contains(secret);
    var _ =
        changes.noting(
            act,
            () ->
                transactions.write(
                    tx ->
                        tx.sql()
                            .execute("UPDATE identity.tenant SET app_key = repeat('k', 5000)")));
    assertThat(rows().getFirst().changes().length()).isLessThan(3_000);
  }

  @Test
  void refused_calls_are_written_up_to_their_bound_in_a_minute() {
    for (int i = 0; i < 10; i++) {
      changes.refused(act, Optional.empty(), ErrorCode.FORBIDDEN);
    }
    assertThat(rows()).hasSize(3).noneMatch(AdminChange::done);
    fixture.clock.advance(Duration.ofMinutes(1));
    changes.refused(act, Optional.empty(), ErrorCode.FORBIDDEN);
    assertThat(rows()).hasSize(4);
  }

  private void rename(String name) {
    var _ = transactions.write(tx -> rename(tx, name));
  }

  private static int rename(io.tollgate.data.Transaction tx, String name) {
    return tx.sql()
        .execute(
            """
            INSERT INTO identity.tenant (name, app_key, app_secret_sealed, currency, zone,
                                         monthly_free_tokens, in_doubt_rule, created_at)
            VALUES (?, 'key', '', 'USD', 'UTC', 0, 'FREE', now())
            ON CONFLICT (app_key) DO UPDATE SET name = excluded.name
            """,
            name);
  }

  private List<AdminChange> rows() {
    return transactions
        .read(tx -> changes.list(tx, AdminChangeFilter.ALL, ListRequest.first(100)))
        .rows();
  }
}
