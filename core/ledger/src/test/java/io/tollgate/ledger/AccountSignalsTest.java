package io.tollgate.ledger;

import static io.tollgate.ledger.TestBooks.START;
import static io.tollgate.ledger.TestBooks.TENANT;
import static io.tollgate.ledger.TestBooks.TOKEN;
import static io.tollgate.ledger.TestBooks.USD;
import static io.tollgate.ledger.TestBooks.batch;
import static io.tollgate.ledger.TestBooks.charge;
import static io.tollgate.ledger.TestBooks.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Who keeps a user's accounts in memory is told when they are others than before. */
final class AccountSignalsTest {
  private final TestBooks books = TestBooks.shared();
  private final Connection listener;

  AccountSignalsTest() throws SQLException {
    listener = books.database.owner().getConnection();
  }

  @BeforeEach
  void listen() throws SQLException {
    try (Statement statement = listener.createStatement()) {
      statement.execute("LISTEN " + Ledger.ACCOUNTS_CHANNEL);
    }
  }

  @AfterEach
  void close() throws SQLException {
    listener.close();
    books.close();
  }

  @Test
  void a_new_account_to_pay_from_is_told_once_and_others_are_not() throws SQLException {
    books.balance(7);
    books.balance(7);
    assertThat(heard()).containsExactly("1:7");

    books.grant(8, TOKEN, "m", START.plus(Duration.ofDays(1)), 0);
    books.open(AccountKey.ofUser(TENANT, new UserId(9), AccountKind.GIFT, USD));
    assertThat(heard()).containsExactly("1:8", "1:9");

    books.open(AccountKey.ofUser(TENANT, new UserId(7), AccountKind.OWED, USD));
    books.revenue(USD);
    books.world(AccountKind.WORLD_PAYMENTS, USD);
    assertThat(heard()).isEmpty();
  }

  @Test
  void a_debt_is_told_when_it_is_made_and_when_it_is_paid_off() throws SQLException {
    AccountId balance = books.balance(7);
    AccountId owed = books.open(AccountKey.ofUser(TENANT, new UserId(7), AccountKind.OWED, USD));
    AccountId revenue = books.revenue(USD);
    assertThat(heard()).containsExactly("1:7");

    books.charge(batch("a", List.of(charge(owed, 5)), List.of(new Leg(revenue, 5)), List.of()));
    assertThat(heard()).containsExactly("1:7");

    books.post(request("b", new Leg(owed, -5), new Leg(revenue, 5)));
    books.fund(balance, 9);
    assertThat(heard()).isEmpty();

    books.fund(balance, 9);
    assertThat(heard()).containsExactly("1:7");

    books.fund(balance, 100);
    assertThat(heard()).isEmpty();
  }

  @Test
  void a_gift_or_quota_is_told_when_it_has_something_again() throws SQLException {
    AccountId gift = books.open(AccountKey.ofUser(TENANT, new UserId(7), AccountKind.GIFT, USD));
    AccountId revenue = books.revenue(USD);
    assertThat(heard()).containsExactly("1:7");

    books.fund(gift, 9);
    assertThat(heard()).containsExactly("1:7");
    books.fund(gift, 1);
    assertThat(heard()).isEmpty();

    books.post(request("used up", new Leg(gift, -10), new Leg(revenue, 10)));
    assertThat(heard()).isEmpty();
    books.fund(gift, 3);
    assertThat(heard()).containsExactly("1:7");
  }

  @Test
  void what_is_not_committed_is_not_told() throws SQLException {
    assertThatThrownBy(
            () ->
                books.write(
                    t -> {
                      var unused =
                          books.ledger.open(
                              t,
                              AccountKey.ofUser(TENANT, new UserId(7), AccountKind.BALANCE, USD),
                              AccountTerms.PLAIN);
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");

    assertThat(heard()).isEmpty();
  }

  private List<String> heard() throws SQLException {
    try (Statement statement = listener.createStatement()) {
      // what was committed before is delivered with the answer
      statement.execute("SELECT 1");
    }
    PGNotification[] notifications = listener.unwrap(PGConnection.class).getNotifications();
    return Arrays.stream(notifications).map(PGNotification::getParameter).toList();
  }
}
