package io.tollgate.ledger;

import static io.tollgate.ledger.TestBooks.START;
import static io.tollgate.ledger.TestBooks.TENANT;
import static io.tollgate.ledger.TestBooks.TOKEN;
import static io.tollgate.ledger.TestBooks.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.UserId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LockedUsersTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final UserOfTenant ANNA = new UserOfTenant(TENANT, new UserId(1));
  private static final UserOfTenant BOB = new UserOfTenant(TENANT, new UserId(2));

  private final TestBooks books = TestBooks.shared();
  private final AccountId money = books.balance(1);
  private final AccountId soon = books.grant(1, TOKEN, "soon", START.plus(DAY), 0);
  private final AccountId first =
      books.grant(1, TOKEN, "first", START.plus(Duration.ofHours(1)), 0);
  private final AccountId ended = books.grant(1, TOKEN, "ended", START.minus(DAY), 0);
  private final AccountId others = books.balance(2);

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void what_users_pay_from_is_told_in_the_order_in_which_it_pays() {
    LockedUsers locked = lock(List.of(ANNA, BOB), List.of(TOKEN, USD), List.of());
    assertThat(locked.accounts().get(ANNA))
        .extracting(Account::id)
        .containsExactly(first, soon, money);
    assertThat(locked.accounts().get(BOB)).extracting(Account::id).containsExactly(others);
    assertThat(locked.means().accounts().keySet())
        .containsExactlyInAnyOrder(first, soon, money, others);
  }

  @Test
  void it_tells_what_the_accounts_of_users_are_told_to_be() {
    LockedUsers locked = lock(List.of(ANNA, BOB), List.of(TOKEN, USD), List.of());
    assertThat(locked.accounts())
        .isEqualTo(books.inWrite(t -> books.ledger.ofUsers(t, List.of(ANNA, BOB))));
  }

  @Test
  void other_assets_are_neither_told_nor_locked() {
    LockedUsers locked = lock(List.of(ANNA), List.of(USD), List.of());
    assertThat(locked.accounts().get(ANNA)).extracting(Account::id).containsExactly(money);
    assertThat(locked.means().accounts().keySet()).containsExactly(money);
  }

  @Test
  void other_accounts_are_locked_and_pay_nothing_unless_they_would_anyway() {
    LockedUsers locked = lock(List.of(ANNA), List.of(USD), List.of(ended, money, others));
    assertThat(locked.accounts().get(ANNA)).extracting(Account::id).containsExactly(money);
    assertThat(locked.accounts()).containsOnlyKeys(ANNA);
    assertThat(locked.means().accounts().keySet()).containsExactly(money, ended, others);
  }

  @Test
  void nobody_and_nothing_is_locked_without_users() {
    LockedUsers locked = lock(List.of(), List.of(USD), List.of());
    assertThat(locked.accounts()).isEmpty();
    assertThat(locked.means().accounts()).isEmpty();
    assertThat(lock(List.of(), List.of(), List.of(others)).means().accounts().keySet())
        .containsExactly(others);
  }

  @Test
  void they_are_locked_until_the_transaction_ends() {
    books.write(
        t -> {
          var unused = books.ledger.lockOfUsers(t, List.of(ANNA), List.of(USD), List.of(soon));
          assertThat(free()).containsExactly(first, others);
        });
    assertThat(free()).containsExactly(money, soon, first, others);
  }

  @Test
  void they_are_what_is_posted_on_next() {
    AccountId revenue = books.revenue(USD);
    books.fund(others, 100);
    books.write(
        t -> {
          LockedUsers locked = books.ledger.lockOfUsers(t, List.of(BOB), List.of(USD), List.of());
          var unused =
              books.ledger.charge(
                  t,
                  locked.means(),
                  TestBooks.batch(
                      "a",
                      List.of(TestBooks.charge(others, 30)),
                      List.of(new Leg(revenue, 30)),
                      List.of()));
        });
    assertThat(books.account(others).balance()).isEqualTo(70);
    assertThat(books.audit().findings()).isEmpty();
  }

  private LockedUsers lock(
      Collection<UserOfTenant> users, Collection<Asset> assets, Collection<AccountId> more) {
    return books.inWrite(t -> books.ledger.lockOfUsers(t, users, assets, more));
  }

  private Collection<AccountId> free() {
    return CompletableFuture.supplyAsync(
            () ->
                books.inWrite(
                    t ->
                        books
                            .ledger
                            .lockFree(t, List.of(money, soon, first, others))
                            .accounts()
                            .keySet()))
        .join();
  }
}
