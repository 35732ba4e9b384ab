package io.tollgate.ledger;

import static io.tollgate.ledger.TestBooks.USD;
import static io.tollgate.ledger.TestBooks.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.AccountId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application's role can add to the books, and change nothing that was written. */
final class RightsTest {
  private final TestBooks books = TestBooks.shared();

  @AfterEach
  void close() {
    books.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE ledger.entry SET amount = 1",
        "UPDATE ledger.entry SET charge_id = NULL",
        "DELETE FROM ledger.entry",
        "TRUNCATE ledger.entry",
        "UPDATE ledger.transfer SET reference = ''",
        "DELETE FROM ledger.transfer",
        "DELETE FROM ledger.account",
        "UPDATE ledger.account SET floor = NULL",
        "UPDATE ledger.account SET tenant_id = 2",
        "DELETE FROM ledger.hold",
        "UPDATE ledger.hold_leg SET amount = 1",
        "UPDATE ledger.asset SET scale = 0",
        "UPDATE ledger.seal SET hash = previous",
        "DELETE FROM ledger.seal",
        "UPDATE ledger.unsealed SET entries = 0",
      })
  void what_is_written_stays_as_it_is(String statement) {
    assertThatThrownBy(
            () ->
                books.write(
                    t -> {
                      var unused = t.sql().execute(statement);
                    }))
        .hasStackTraceContaining("permission denied");
  }

  @Test
  void the_floor_holds_even_for_sql_that_does_not_ask() {
    AccountId user = books.balance(1);
    books.fund(user, 10);
    books.post(request("a", new Leg(user, -1), new Leg(books.revenue(USD), 1)));

    assertThatThrownBy(
            () ->
                books.write(
                    t -> {
                      var unused =
                          t.sql().execute("UPDATE ledger.account SET held = 11 WHERE id = " + user);
                    }))
        .hasStackTraceContaining("account_not_below_floor");
    assertThat(books.account(user).held()).isZero();
  }
}
