package io.tollgate.ledger;

import static io.tollgate.ledger.TestBooks.START;
import static io.tollgate.ledger.TestBooks.TENANT;
import static io.tollgate.ledger.TestBooks.TOKEN;
import static io.tollgate.ledger.TestBooks.USD;
import static io.tollgate.ledger.TestBooks.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a user owes is paid first by the next credit. */
final class OwedTest {
  private final TestBooks books = TestBooks.shared();
  private final AccountId balance = books.balance(1);
  private final AccountId owed = owed(1, USD);

  @AfterEach
  void close() {
    assertThat(books.audit().findings()).isEmpty();
    books.close();
  }

  @Test
  void a_credit_pays_what_is_owed_with_a_transfer_of_its_own() {
    owe(owed, USD, 30);

    Posting recharge = books.fund(balance, 100);

    assertThat(books.account(balance).balance()).isEqualTo(70);
    assertThat(books.account(owed).balance()).isZero();
    assertThat(entriesOf(owed).getFirst())
        .satisfies(
            entry -> {
              assertThat(entry.kind()).isEqualTo("owed_payment");
              assertThat(entry.reference()).isEqualTo(recharge.transfer().toString());
              assertThat(entry.amount().units()).isEqualTo(30);
            });
  }

  @Test
  void a_credit_that_is_too_small_pays_what_it_can() {
    owe(owed, USD, 30);

    books.fund(balance, 10);
    assertThat(books.account(balance).balance()).isZero();
    assertThat(books.account(owed).balance()).isEqualTo(-20);

    books.fund(balance, 25);
    assertThat(books.account(balance).balance()).isEqualTo(5);
    assertThat(books.account(owed).balance()).isZero();
  }

  @Test
  void the_same_credit_again_pays_nothing_more() {
    AccountId world = books.world(AccountKind.WORLD_PAYMENTS, USD);
    TransferRequest recharge = request("a", new Leg(world, -100), new Leg(balance, 100));
    books.post(recharge);
    owe(owed, USD, 30);

    assertThat(books.post(recharge).repeated()).isTrue();

    assertThat(books.account(balance).balance()).isEqualTo(100);
    assertThat(books.account(owed).balance()).isEqualTo(-30);
  }

  @Test
  void gifts_and_grants_in_the_currency_pay_too_and_what_is_held_does_not() {
    AccountId gift = books.open(AccountKey.ofUser(TENANT, new UserId(1), AccountKind.GIFT, USD));
    AccountId grant = books.grant(1, USD, "m", START.plus(Duration.ofDays(1)), 0);
    AccountId world = books.world(AccountKind.WORLD_GRANTS, USD);
    books.post(request("g", new Leg(world, -50), new Leg(grant, 50)));
    books.write(t -> books.ledger.moveHeld(t, List.of(new Leg(grant, 50))));
    owe(owed, USD, 30);

    books.post(request("a", new Leg(world, -15), new Leg(gift, 10), new Leg(grant, 5)));

    assertThat(books.account(gift).balance()).isZero();
    assertThat(books.account(grant).balance()).isEqualTo(50);
    assertThat(books.account(owed).balance()).isEqualTo(-15);
    books.write(t -> books.ledger.moveHeld(t, List.of(new Leg(grant, -50))));
  }

  @Test
  void tokens_other_currencies_other_users_and_ended_grants_pay_nothing() {
    owe(owed, USD, 30);
    AccountId tokens = books.grant(1, TOKEN, "m", START.plus(Duration.ofDays(1)), 0);
    owe(owed(1, TOKEN), TOKEN, 5);
    AccountId ended = books.grant(1, USD, "old", START, 0);
    Asset yuan = Asset.money("CNY");
    books.write(t -> books.ledger.define(t, yuan));
    AccountId otherCurrency =
        books.open(AccountKey.ofUser(TENANT, new UserId(1), AccountKind.BALANCE, yuan));
    AccountId otherUser = books.balance(2);

    give(tokens, TOKEN);
    give(ended, USD);
    give(otherCurrency, yuan);
    give(otherUser, USD);

    for (AccountId account : List.of(tokens, ended, otherCurrency, otherUser)) {
      assertThat(books.account(account).balance()).isEqualTo(10);
    }
    assertThat(books.account(owed).balance()).isEqualTo(-30);
  }

  @Test
  void what_a_reversal_gives_back_pays_first_and_a_payment_cannot_be_reversed() {
    books.fund(balance, 40);
    AccountId revenue = books.revenue(USD);
    UUID charge = books.post(request("a", new Leg(balance, -40), new Leg(revenue, 40))).transfer();
    owe(owed, USD, 30);

    books.inWrite(t -> books.ledger.reverse(t, TENANT, charge, "refund"));

    assertThat(books.account(balance).balance()).isEqualTo(10);
    assertThat(books.account(owed).balance()).isZero();
    UUID payment = entriesOf(owed).getFirst().transfer();
    assertThatThrownBy(() -> books.inWrite(t -> books.ledger.reverse(t, TENANT, payment, "no")))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT))
        .hasMessageContaining("is of ledger.owed_payment");
  }

  @Test
  void a_credit_that_pays_the_debt_by_a_leg_of_its_own_pays_it_once() {
    owe(owed, USD, 30);
    AccountId world = books.world(AccountKind.WORLD_GRANTS, USD);

    books.post(request("a", new Leg(world, -50), new Leg(owed, 30), new Leg(balance, 20)));

    assertThat(books.account(balance).balance()).isEqualTo(20);
    assertThat(books.account(owed).balance()).isZero();
  }

  private AccountId owed(long user, Asset asset) {
    return books.open(AccountKey.ofUser(TENANT, new UserId(user), AccountKind.OWED, asset));
  }

  private void owe(AccountId account, Asset asset, long units) {
    books.post(
        request(
            UUID.randomUUID().toString(),
            new Leg(account, -units),
            new Leg(books.revenue(asset), units)));
  }

  private void give(AccountId account, Asset asset) {
    AccountId world = books.world(AccountKind.WORLD_GRANTS, asset);
    books.post(request("give" + account, new Leg(world, -10), new Leg(account, 10)));
  }

  private List<LedgerEntry> entriesOf(AccountId account) {
    return books.entries(
        new EntryFilter(
            Optional.empty(),
            Optional.of(account),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }
}
