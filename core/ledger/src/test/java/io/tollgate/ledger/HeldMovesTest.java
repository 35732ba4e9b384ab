package io.tollgate.ledger;

import static io.tollgate.ledger.TestBooks.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HeldMovesTest {
  private final TestBooks books = TestBooks.shared();
  private final AccountId one = books.balance(1);
  private final AccountId two = books.balance(2);

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void what_is_held_moves_both_ways_and_is_added_up_per_account() {
    books.fund(one, 10);
    books.fund(two, 10);

    move(new Leg(one, 4), new Leg(two, 10), new Leg(one, 5));
    move(new Leg(two, -3));

    assertThat(books.account(one).held()).isEqualTo(9);
    assertThat(books.account(two).held()).isEqualTo(7);
    assertThat(books.account(two).version()).isEqualTo(4);
    move();
  }

  @Test
  void more_than_is_available_is_refused_and_nothing_is_moved() {
    books.fund(one, 10);
    books.fund(two, 10);

    books.write(
        t ->
            assertThatThrownBy(
                    () -> books.ledger.moveHeld(t, List.of(new Leg(one, 10), new Leg(two, 11))))
                .isInstanceOfSatisfying(
                    Refusal.class,
                    refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INSUFFICIENT_MEANS)));

    assertThat(books.account(one).held()).isZero();
  }

  @Test
  void less_than_nothing_a_hot_account_or_none_is_a_mistake_of_the_caller() {
    AccountId revenue = books.revenue(USD);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> move(new Leg(one, -1)))
        .withMessage("account " + one + ": held -1 after the release (expected: >= 0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> move(new Leg(revenue, 1)))
        .withMessage("account " + revenue + " is hot (expected: one that is not)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> move(new Leg(new AccountId(999), 1)))
        .withMessage("account 999: not there");
  }

  @Test
  void accounts_are_locked_and_answered_in_the_order_of_ids() {
    books.fund(two, 10);

    Map<AccountId, Account> locked =
        books.inWrite(t -> books.ledger.lock(t, List.of(two, new AccountId(999), one)));

    assertThat(locked.keySet()).containsExactly(one, two);
    assertThat(locked.get(two)).isEqualTo(books.account(two));
    Map<AccountId, Account> none = books.inWrite(t -> books.ledger.lock(t, List.of()));
    assertThat(none).isEmpty();
    AccountId revenue = books.revenue(USD);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> books.inWrite(t -> books.ledger.lock(t, List.of(revenue))))
        .withMessageContaining("is hot");
  }

  private void move(Leg... changes) {
    books.write(t -> books.ledger.moveHeld(t, List.of(changes)));
  }
}
