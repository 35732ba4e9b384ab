package io.tollgate.ledger;

import static io.tollgate.ledger.TestBooks.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LockedMeansTest {
  private final TestBooks books = TestBooks.shared();
  private final AccountId one = books.balance(1);
  private final AccountId two = books.balance(2);
  private final AccountId revenue = books.revenue(USD);

  LockedMeansTest() {
    books.fund(one, 100);
    books.fund(two, 100);
  }

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void what_is_posted_on_locked_accounts_one_after_the_other_adds_up() {
    books.write(
        t -> {
          LockedMeans locked = books.ledger.lockMeans(t, List.of(one, two));
          books.ledger.moveHeld(t, locked, List.of(new Leg(one, 30), new Leg(two, 5)));
          var first = books.ledger.charge(t, locked, batch("a", one, 20, 30));
          var second = books.ledger.charge(t, locked, batch("b", one, 7, 0));
          assertThat(second.transfer()).isNotEqualTo(first.transfer());
          books.ledger.moveHeld(t, locked, List.of(new Leg(one, 1)));
        });
    assertThat(books.account(one).balance()).isEqualTo(73);
    assertThat(books.account(one).held()).isEqualTo(1);
    assertThat(books.account(two).held()).isEqualTo(5);
    assertThat(books.account(two).balance()).isEqualTo(100);
    books.write(t -> books.ledger.moveHeld(t, List.of(new Leg(one, -1), new Leg(two, -5))));
    assertThat(books.audit().findings()).isEmpty();
  }

  @Test
  void a_batch_that_comes_twice_is_answered_and_changes_nothing() {
    books.write(
        t -> {
          LockedMeans locked = books.ledger.lockMeans(t, List.of(one));
          var first = books.ledger.charge(t, locked, batch("a", one, 20, 0));
          var again = books.ledger.charge(t, locked, batch("a", one, 20, 0));
          assertThat(again.repeated()).isTrue();
          assertThat(again.transfer()).isEqualTo(first.transfer());
        });
    assertThat(books.account(one).balance()).isEqualTo(80);
  }

  @Test
  void accounts_that_others_have_locked_are_left_out_without_waiting() {
    books.write(
        t -> {
          var unused = books.ledger.lock(t, List.of(one));
          Map<AccountId, Account> free =
              CompletableFuture.supplyAsync(
                      () ->
                          books.inWrite(
                              other -> books.ledger.lockFree(other, List.of(two, one)).accounts()))
                  .join();
          assertThat(free.keySet()).containsExactly(two);
        });
    assertThat(books.inWrite(t -> books.ledger.lockFree(t, List.of(two, one)).accounts()).keySet())
        .containsExactly(one, two);
  }

  @Test
  void accounts_that_the_transaction_has_changed_otherwise_are_not_posted_on() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                books.write(
                    t -> {
                      LockedMeans locked = books.ledger.lockMeans(t, List.of(one));
                      books.ledger.moveHeld(t, List.of(new Leg(one, 1)));
                      var unused = books.ledger.charge(t, locked, batch("a", one, 20, 0));
                    }))
        .withMessageContaining("accounts as they were locked");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                books.write(
                    t -> {
                      LockedMeans locked = books.ledger.lockMeans(t, List.of(one));
                      books.ledger.moveHeld(t, List.of(new Leg(one, 1)));
                      books.ledger.moveHeld(t, locked, List.of(new Leg(one, 1)));
                    }))
        .withMessageContaining("accounts as they were locked");
    assertThat(books.account(one).balance()).isEqualTo(100);
    assertThat(books.account(one).held()).isZero();
  }

  @Test
  void after_a_refusal_they_are_of_no_use() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                books.write(
                    t -> {
                      LockedMeans locked = books.ledger.lockMeans(t, List.of(one));
                      assertThatExceptionOfType(Refusal.class)
                          .isThrownBy(
                              () -> books.ledger.moveHeld(t, locked, List.of(new Leg(one, 101))));
                      books.ledger.moveHeld(t, locked, List.of(new Leg(one, 1)));
                    }))
        .withMessageContaining("was not written");
  }

  @Test
  void an_account_that_is_not_among_them_cannot_be_held() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                books.write(
                    t ->
                        books.ledger.moveHeld(
                            t, books.ledger.lockMeans(t, List.of(one)), List.of(new Leg(two, 1)))))
        .withMessage("account " + two + ": not there");
  }

  @Test
  void accounts_of_many_users_are_those_of_each_in_the_order_in_which_they_pay() {
    UserOfTenant first = new UserOfTenant(TestBooks.TENANT, new UserId(1));
    UserOfTenant second = new UserOfTenant(TestBooks.TENANT, new UserId(2));
    UserOfTenant nobody = new UserOfTenant(TestBooks.TENANT, new UserId(99));
    UserOfTenant stranger = new UserOfTenant(new TenantId(77), new UserId(1));
    var _ = books.grant(1, USD, "late", Instant.parse("2100-02-01T00:00:00Z"), 0);
    var _ = books.grant(1, USD, "soon", Instant.parse("2100-01-01T00:00:00Z"), 0);
    var _ = books.grant(1, USD, "over", Instant.parse("2020-01-01T00:00:00Z"), 0);

    Map<UserOfTenant, List<Account>> found =
        books.inWrite(
            t -> books.ledger.ofUsers(t, List.of(second, nobody, first, stranger, first)));

    assertThat(found.keySet()).containsExactly(second, nobody, first, stranger);
    for (UserOfTenant user : found.keySet()) {
      List<Account> alone = books.inWrite(t -> books.ledger.ofUser(t, user.tenant(), user.user()));
      assertThat(found.get(user)).isEqualTo(alone);
    }
    assertThat(found.get(first)).hasSize(3);
    assertThat(found.get(nobody)).isEmpty();
    Map<UserOfTenant, List<Account>> none = books.inWrite(t -> books.ledger.ofUsers(t, List.of()));
    assertThat(none).isEmpty();
  }

  private ChargeBatch batch(String key, AccountId from, long units, long released) {
    return new ChargeBatch(
        "test_charge",
        TestBooks.TENANT,
        "test.charges",
        key,
        RequestHash.of(key),
        "",
        Instant.now(),
        List.of(TestBooks.charge(from, units)),
        List.of(new Leg(revenue, units)),
        released == 0 ? List.of() : List.of(new Leg(from, released)));
  }
}
