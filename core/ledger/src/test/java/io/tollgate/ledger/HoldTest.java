package io.tollgate.ledger;

import static io.tollgate.ledger.TestBooks.TENANT;
import static io.tollgate.ledger.TestBooks.TOKEN;
import static io.tollgate.ledger.TestBooks.USD;
import static io.tollgate.ledger.TestBooks.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HoldTest {
  private final TestBooks books = TestBooks.shared();
  private final UUID hold = UUID.randomUUID();

  @AfterEach
  void close() {
    assertThat(books.audit().findings()).isEmpty();
    books.close();
  }

  @Test
  void what_is_held_is_not_available_to_others() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 100);

    hold(new Leg(user, 70));

    assertThat(books.account(user).available()).isEqualTo(30);
    assertThat(books.account(user).balance()).isEqualTo(100);
    assertRefused(
        ErrorCode.INSUFFICIENT_MEANS,
        () -> books.post(request("a", new Leg(user, -31), new Leg(revenue, 31))));
    assertRefused(
        ErrorCode.INSUFFICIENT_MEANS,
        () ->
            books.write(
                t ->
                    books.ledger.hold(
                        t, TENANT, UUID.randomUUID(), "test", List.of(new Leg(user, 31)))));
  }

  @Test
  void a_hold_that_is_not_covered_on_one_account_reserves_nothing() {
    AccountId user = books.balance(1);
    AccountId other = books.balance(2);
    books.fund(user, 100);

    assertRefused(ErrorCode.INSUFFICIENT_MEANS, () -> hold(new Leg(user, 100), new Leg(other, 1)));

    assertThat(books.account(user).held()).isZero();
    assertThat(held()).isEmpty();
  }

  @Test
  void a_transfer_ends_its_hold_and_frees_the_rest_with_it() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 100);
    hold(new Leg(user, 100));

    TransferRequest charge =
        request("a", List.of(new Leg(user, -40), new Leg(revenue, 40)), List.of(hold));
    books.post(charge);

    assertThat(books.account(user).held()).isZero();
    assertThat(books.account(user).available()).isEqualTo(60);
    assertThat(held()).isEmpty();
    assertThat(books.post(charge).repeated()).isTrue();
    assertThat(books.account(user).available()).isEqualTo(60);
  }

  @Test
  void a_transfer_may_take_more_than_was_held_where_the_means_cover_it() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 100);
    hold(new Leg(user, 10));

    books.post(request("a", List.of(new Leg(user, -100), new Leg(revenue, 100)), List.of(hold)));

    assertThat(books.account(user).balance()).isZero();
  }

  @Test
  void a_refused_transfer_leaves_its_hold_open() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 100);
    hold(new Leg(user, 10));

    assertRefused(
        ErrorCode.INSUFFICIENT_MEANS,
        () ->
            books.post(
                request("a", List.of(new Leg(user, -101), new Leg(revenue, 101)), List.of(hold))));

    assertThat(held()).containsExactly(new Leg(user, 10));
  }

  @Test
  void a_hold_is_extended_in_order_and_released_whole() {
    AccountId user = books.balance(1);
    AccountId other = books.balance(2);
    books.fund(user, 100);
    books.fund(other, 100);
    hold(new Leg(user, 10));

    extend(new Leg(other, 20), new Leg(user, 5));

    assertThat(held()).containsExactly(new Leg(user, 10), new Leg(other, 20), new Leg(user, 5));
    assertThat(books.account(user).held()).isEqualTo(15);
    books.write(t -> books.ledger.release(t, TENANT, hold));
    books.write(t -> books.ledger.release(t, TENANT, hold));
    assertThat(books.account(user).held()).isZero();
    assertThat(books.account(other).held()).isZero();
  }

  @Test
  void an_extension_that_is_not_covered_leaves_the_hold_as_it_was() {
    AccountId user = books.balance(1);
    books.fund(user, 100);
    hold(new Leg(user, 90));

    assertRefused(ErrorCode.INSUFFICIENT_MEANS, () -> extend(new Leg(user, 11)));

    assertThat(held()).containsExactly(new Leg(user, 90));
  }

  @Test
  void a_closed_hold_is_not_extended_and_an_unknown_one_is_not_there() {
    AccountId user = books.balance(1);
    books.fund(user, 100);
    assertRefused(ErrorCode.NOT_FOUND, () -> extend(new Leg(user, 1)));
    hold(new Leg(user, 10));
    books.write(t -> books.ledger.release(t, TENANT, hold));

    assertRefused(ErrorCode.CONFLICT, () -> extend(new Leg(user, 1)));
    assertRefused(ErrorCode.CONFLICT, () -> hold(new Leg(user, 1)));
  }

  @Test
  void a_hold_of_another_tenant_is_not_there() {
    AccountId user = books.balance(1);
    books.fund(user, 100);
    hold(new Leg(user, 10));
    TenantId stranger = new TenantId(2);

    books.write(t -> books.ledger.release(t, stranger, hold));
    assertRefused(
        ErrorCode.NOT_FOUND,
        () -> books.write(t -> books.ledger.extendHold(t, stranger, hold, List.of())));
    List<Leg> seen = books.transactions.read(t -> books.ledger.heldBy(t, stranger, hold));

    assertThat(seen).isEmpty();
    assertThat(held()).containsExactly(new Leg(user, 10));
  }

  @Test
  void a_hold_without_legs_is_opened_and_ended_like_any_other() {
    AccountId user = books.balance(1);
    books.fund(user, 100);
    hold();
    extend(new Leg(user, 10));

    books.post(request("a", List.of(), List.of(hold)));

    assertThat(books.account(user).held()).isZero();
    assertRefused(ErrorCode.CONFLICT, () -> extend(new Leg(user, 10)));
  }

  @Test
  void a_negative_hold_is_a_mistake_of_the_caller() {
    AccountId user = books.balance(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> hold(new Leg(user, -1)))
        .withMessageContaining("(expected: >= 1)");
  }

  @Test
  void holding_on_a_hot_account_folds_its_shards() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 100);
    for (int i = 0; i < 20; i++) {
      books.post(request("in" + i, new Leg(user, -5), new Leg(revenue, 5)));
    }

    hold(new Leg(revenue, 100));

    assertThat(books.account(revenue).available()).isZero();
  }

  @Test
  void means_are_listed_in_the_order_in_which_they_pay() {
    AccountId balance = books.balance(1);
    AccountId gift = books.open(AccountKey.ofUser(TENANT, new UserId(1), AccountKind.GIFT, USD));
    var tomorrow = TestBooks.START.plus(Duration.ofDays(1));
    AccountId late = books.grant(1, TOKEN, "a", tomorrow.plus(Duration.ofDays(1)), 0);
    AccountId second = books.grant(1, TOKEN, "b", tomorrow, 2);
    AccountId first = books.grant(1, TOKEN, "c", tomorrow, 1);
    books.grant(1, TOKEN, "gone", TestBooks.START, 1);
    books.grant(2, TOKEN, "somebody else's", tomorrow, 1);

    List<Account> read =
        books.transactions.read(t -> books.ledger.ofUser(t, TENANT, new UserId(1)));
    List<Account> locked = books.inWrite(t -> books.ledger.lockOfUser(t, TENANT, new UserId(1)));

    assertThat(read).extracting(Account::id).containsExactly(first, second, late, gift, balance);
    assertThat(locked).isEqualTo(read);
  }

  private void hold(Leg... legs) {
    books.write(t -> books.ledger.hold(t, TENANT, hold, "test", List.of(legs)));
  }

  private void extend(Leg... legs) {
    books.write(t -> books.ledger.extendHold(t, TENANT, hold, List.of(legs)));
  }

  private List<Leg> held() {
    return books.transactions.read(t -> books.ledger.heldBy(t, TENANT, hold));
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
