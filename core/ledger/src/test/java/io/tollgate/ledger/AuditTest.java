package io.tollgate.ledger;

import static io.tollgate.ledger.TestBooks.START;
import static io.tollgate.ledger.TestBooks.TENANT;
import static io.tollgate.ledger.TestBooks.USD;
import static io.tollgate.ledger.TestBooks.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit must be seen to fail: each kind of damage is done once, and named. */
final class AuditTest {
  private final TestBooks books = TestBooks.shared();
  private final AccountId user = books.balance(1);
  private final AccountId revenue = books.revenue(USD);
  private final UUID hold = UUID.randomUUID();
  private UUID charge = hold;

  @BeforeEach
  void fill() {
    books.fund(user, 1_000);
    charge = books.post(request("a", new Leg(user, -100), new Leg(revenue, 100))).transfer();
    books.post(request("b", new Leg(user, -50), new Leg(revenue, 50)));
    books.write(t -> books.ledger.hold(t, TENANT, hold, "test", List.of(new Leg(user, 7))));
    assertThat(books.audit().findings()).isEmpty();
  }

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void clean_books_are_reported_with_what_was_read() {
    AuditReport report = books.audit();

    assertThat(report.clean()).isTrue();
    assertThat(report.transfers()).isEqualTo(3);
    assertThat(report.entries()).isEqualTo(6);
    assertThat(report.accounts()).isEqualTo(1 + 8 + 8);
    assertThat(report.checks()).contains("ledger.chain", "ledger.held");
  }

  @Test
  void a_changed_amount_breaks_the_chain_where_it_was_changed() {
    damage(
        "UPDATE ledger.entry SET amount = -99 WHERE account_id = " + user + " AND amount = -100");

    assertFound(
        "ledger.chain",
        "account " + user + " shard 0 seq 2 (transfer " + charge + ")",
        "balance after 901",
        "balance after 900");
    assertFound(
        "ledger.transfer",
        "transfer " + charge + " asset USD",
        "sum of entries 0",
        "sum of entries 1");
  }

  @Test
  void a_chain_rewritten_to_its_end_differs_from_the_balance() {
    damage(
        "UPDATE ledger.entry SET amount = -99, balance_after = 901 WHERE account_id = "
            + user
            + " AND account_seq = 2",
        "UPDATE ledger.entry SET balance_after = 851 WHERE account_id = "
            + user
            + " AND account_seq = 3");

    assertFound(
        "ledger.balance",
        "account " + user + " shard 0",
        "balance 851, last seq 3",
        "balance 850, last seq 3");
  }

  @Test
  void a_removed_entry_leaves_a_gap() {
    damage("DELETE FROM ledger.entry WHERE account_id = " + user + " AND account_seq = 2");

    assertFound("ledger.chain", "account " + user + " shard 0 seq 3", "seq 2", "seq 3");
  }

  @Test
  void a_removed_last_entry_is_missed_by_its_account() {
    damage("DELETE FROM ledger.entry WHERE account_id = " + user + " AND account_seq = 3");

    assertFound(
        "ledger.balance",
        "account " + user + " shard 0",
        "balance 900, last seq 2",
        "balance 850, last seq 3");
  }

  @Test
  void a_changed_balance_is_named_and_the_sum_is_not_zero() {
    damage("UPDATE ledger.account SET balance = 860 WHERE id = " + user);

    assertFound(
        "ledger.balance",
        "account " + user + " shard 0",
        "balance 850, last seq 3",
        "balance 860, last seq 3");
    assertFound("ledger.sum", "tenant 1 asset USD", "sum of balances 0", "sum of balances 10");
  }

  @Test
  void a_changed_held_differs_from_the_open_holds() {
    damage("UPDATE ledger.account SET held = 8 WHERE id = " + user);

    assertFound("ledger.held", "account " + user, "held 7 (its open reservations)", "held 8");
  }

  @Test
  void a_hold_closed_by_hand_leaves_held_behind() {
    damage("UPDATE ledger.hold SET closed_at = now()");

    assertFound("ledger.held", "account " + user, "held 0 (its open reservations)", "held 7");
  }

  @Test
  void an_entry_without_a_transfer_or_of_another_tenant_is_named() {
    damage("UPDATE ledger.transfer SET tenant_id = 2 WHERE id = '" + charge + "'");
    assertFound(
        "ledger.transfer",
        "entry 1 of transfer " + charge,
        "account " + user + " shard 0 and the transfer of one tenant",
        "account of tenant 1, transfer of tenant 2");

    damage("DELETE FROM ledger.transfer WHERE id = '" + charge + "'");
    assertFound(
        "ledger.transfer",
        "entry 1 of transfer " + charge,
        "account " + user + " shard 0 and the transfer of one tenant",
        "account of tenant 1, transfer of tenant none");
  }

  @Test
  void a_reversal_that_is_not_exact_is_named() {
    UUID reversal = books.inWrite(t -> books.ledger.reverse(t, TENANT, charge, "wrong")).transfer();
    assertThat(books.audit().findings()).isEmpty();

    damage(
        "UPDATE ledger.transfer SET reverses = (SELECT id FROM ledger.transfer WHERE"
            + " idempotency_key = 'b') WHERE id = '"
            + reversal
            + "'");

    assertThat(books.audit().findings())
        .anyMatch(
            finding ->
                finding.check().equals("ledger.reversal")
                    && finding.row().equals("transfer " + reversal + " account " + user)
                    && finding.found().equals("together 50"));
  }

  @Test
  void a_changed_scale_is_named() {
    damage("UPDATE ledger.asset SET scale = 8 WHERE code = 'USD'");

    assertFound("ledger.scale", "account " + user + " shard 0", "scale 8", "scale 9");
  }

  @Test
  void since_passes_over_what_is_older_and_sees_what_is_younger() {
    books.clock.set(START.plus(Duration.ofDays(1)));
    UUID late = books.post(request("c", new Leg(user, -1), new Leg(revenue, 1))).transfer();
    AuditScope since = AuditScope.since(START.plus(Duration.ofHours(1)));

    damage(
        "UPDATE ledger.entry SET amount = -99 WHERE account_id = " + user + " AND amount = -100");
    AuditReport report = books.transactions.snapshot(t -> books.audit.run(t, since));
    assertThat(report.findings()).isEmpty();
    assertThat(report.entries()).isEqualTo(2);

    damage(
        "UPDATE ledger.entry SET amount = -2 WHERE transfer_id = '" + late + "' AND amount = -1");
    assertThat(books.transactions.snapshot(t -> books.audit.run(t, since)).first())
        .contains(
            new AuditFinding(
                "ledger.chain",
                "account " + user + " shard 0 seq 4 (transfer " + late + ")",
                "balance after 848",
                "balance after 849"));
  }

  @Test
  void checks_of_other_contexts_run_after_the_ledgers_own() {
    AuditFinding theirs = new AuditFinding("theirs", "row 1", "x", "y");
    AuditCheck check =
        new AuditCheck() {
          @Override
          public String name() {
            return "theirs";
          }

          @Override
          public List<AuditFinding> run(Transaction snapshot, AuditScope scope) {
            return List.of(theirs);
          }
        };

    AuditReport report =
        books.transactions.snapshot(t -> Ledgers.audit(List.of(check)).run(t, AuditScope.WHOLE));

    assertThat(report.checks()).last().isEqualTo("theirs");
    assertThat(report.first()).contains(theirs);
  }

  private void damage(String... statements) {
    books.asOwner(statements);
  }

  private void assertFound(String check, String row, String expected, String found) {
    assertThat(books.audit().findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.check()).isEqualTo(check);
              assertThat(finding.row()).startsWith(row);
              assertThat(finding.expected()).isEqualTo(expected);
              assertThat(finding.found()).isEqualTo(found);
            });
  }
}
