package io.tollgate.ledger;

import static io.tollgate.ledger.TestBooks.TENANT;
import static io.tollgate.ledger.TestBooks.USD;
import static io.tollgate.ledger.TestBooks.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.AccountId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damage that a constraint stands against is found without it too. */
final class AuditWithoutConstraintsTest {
  private final TestBooks books = TestBooks.own();
  private final AccountId user = books.balance(1);
  private final AccountId revenue = books.revenue(USD);
  private final UUID hold = UUID.randomUUID();
  private UUID charge = hold;

  @BeforeEach
  void fill() {
    books.fund(user, 1_000);
    charge = books.post(request("a", new Leg(user, -100), new Leg(revenue, 100))).transfer();
    var unused = books.post(request("b", new Leg(user, -50), new Leg(revenue, 50)));
    books.write(t -> books.ledger.hold(t, TENANT, hold, "test", List.of(new Leg(user, 7))));
    assertThat(books.audit().findings()).isEmpty();
  }

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void a_balance_below_its_floor_is_named() {
    damage(
        "ALTER TABLE ledger.account DROP CONSTRAINT account_not_below_floor",
        "UPDATE ledger.account SET balance = -5 WHERE id = " + user);

    assertFound(
        "ledger.floor",
        "account " + user + " shard 0",
        "balance - held >= 0, held >= 0",
        "balance -5, held 7");
  }

  @Test
  void a_key_that_stands_twice_is_named() {
    damage(
        "ALTER TABLE ledger.transfer DROP CONSTRAINT transfer_once",
        "UPDATE ledger.transfer SET idempotency_key = 'a' WHERE idempotency_key = 'b'");

    assertFound(
        "ledger.idempotency",
        "transfer " + charge + ", tenant 1 operation test.post key a",
        "one transfer with a hash of 32 bytes",
        "2 transfers, shortest hash 32 bytes");
  }

  @Test
  void a_lost_request_hash_is_named() {
    damage(
        "ALTER TABLE ledger.transfer DROP CONSTRAINT transfer_request_hash_check",
        "UPDATE ledger.transfer SET request_hash = '' WHERE idempotency_key = 'a'");

    assertFound(
        "ledger.idempotency",
        "transfer " + charge + ", tenant 1 operation test.post key a",
        "one transfer with a hash of 32 bytes",
        "1 transfers, shortest hash 0 bytes");
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
