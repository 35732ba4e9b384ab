package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.User;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class GrantsTest {
  private static final Instant SOON = House.START.plus(Duration.ofDays(3));

  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void money_without_an_end_is_gift_credit_that_adds_up() {
    GrantReceipt first = give(order("u1", usd("10"), Optional.empty(), "k1"));
    GrantReceipt second = give(order("u1", usd("2.5"), Optional.empty(), "k2"));
    assertThat(first.balance()).isEqualTo(usd("10"));
    assertThat(second.balance()).isEqualTo(usd("12.5"));
    assertThat(second.account()).isEqualTo(first.account());
    assertThat(accounts("u1")).extracting(a -> a.key().kind()).containsExactly(AccountKind.GIFT);
  }

  @Test
  void money_with_an_end_has_an_account_of_its_own() {
    give(order("u1", usd("10"), Optional.of(SOON), "k1"));
    Account account = accounts("u1").getFirst();
    assertThat(account.key().kind()).isEqualTo(AccountKind.GRANT);
    assertThat(account.key().period()).isEqualTo("hand:k1");
    assertThat(account.expiresAt()).contains(SOON);
    house.clock.set(SOON);
    assertThat(accounts("u1")).isEmpty();
  }

  @Test
  void tokens_and_calls_are_quotas_of_their_own() {
    give(order("u1", new Amount(Asset.TOKEN, 50), Optional.empty(), "k1"));
    give(order("u1", new Amount(Asset.calls("passport"), 7), Optional.empty(), "k2"));
    assertThat(accounts("u1")).extracting(Account::balance).containsExactlyInAnyOrder(50L, 7L);
    assertThat(accounts("u1")).allMatch(a -> a.key().kind() == AccountKind.GRANT);
  }

  @Test
  void the_same_order_again_gives_the_first_receipt_and_changes_nothing() {
    GrantOrder order = order("u1", usd("10"), Optional.empty(), "k1");
    GrantReceipt first = give(order);
    give(order("u1", usd("1"), Optional.empty(), "k2"));
    assertThat(give(order)).isEqualTo(first);
    assertThat(accounts("u1").getFirst().balance()).isEqualTo(usd("11").units());
  }

  @Test
  void another_order_under_the_same_key_is_refused() {
    give(order("u1", usd("10"), Optional.empty(), "k1"));
    for (GrantOrder changed :
        List.of(
            order("u1", usd("11"), Optional.empty(), "k1"),
            order("u2", usd("10"), Optional.empty(), "k1"),
            order("u1", usd("10"), Optional.of(SOON), "k1"),
            order("u1", new Amount(Asset.TOKEN, 10), Optional.empty(), "k1"))) {
      assertThatThrownBy(() -> give(changed))
          .isInstanceOfSatisfying(
              Refusal.class, r -> assertThat(r.code()).isEqualTo(ErrorCode.IDEMPOTENCY_CONFLICT));
    }
    assertThat(accounts("u1")).hasSize(1);
    Optional<User> other =
        house.write(tx -> house.identity.users().findByExternalId(tx, house.tenant.id(), "u2"));
    assertThat(other).isEmpty();
  }

  @Test
  void one_order_sent_by_many_at_once_gives_once() throws Exception {
    house.user("u1");
    GrantOrder order = order("u1", usd("10"), Optional.empty(), "k1");
    List<GrantReceipt> receipts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<GrantReceipt>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(() -> give(order));
      }
      for (Future<GrantReceipt> call : threads.invokeAll(calls)) {
        receipts.add(call.get());
      }
    }
    assertThat(receipts).hasSize(8).containsOnly(receipts.getFirst());
    assertThat(accounts("u1").getFirst().balance()).isEqualTo(usd("10").units());
  }

  @Test
  void what_is_owed_is_paid_first() {
    UserId user = house.user("u1").id();
    house.owe(user, usd("3").units(), "o1");
    GrantReceipt receipt = give(order("u1", usd("10"), Optional.empty(), "k1"));
    assertThat(receipt.owedPaid()).isEqualTo(usd("3"));
    assertThat(receipt.balance()).isEqualTo(usd("7"));
    assertThat(house.standing(user).owed()).isEqualTo(usd("0"));
    assertThat(house.standing(user).balance()).isEqualTo(usd("7"));
  }

  @Test
  void a_credit_smaller_than_the_debt_pays_part_of_it() {
    UserId user = house.user("u1").id();
    house.owe(user, usd("3").units(), "o1");
    GrantReceipt receipt = give(order("u1", usd("2"), Optional.of(SOON), "k1"));
    assertThat(receipt.owedPaid()).isEqualTo(usd("2"));
    assertThat(receipt.balance()).isEqualTo(usd("0"));
    assertThat(house.standing(user).owed()).isEqualTo(usd("1"));
    assertThat(house.standing(user).allowed()).isFalse();
  }

  @Test
  void two_credits_at_once_pay_a_debt_once() throws Exception {
    UserId user = house.user("u1").id();
    house.owe(user, usd("3").units(), "o1");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<GrantReceipt>> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        GrantOrder order = order("u1", usd("2"), Optional.empty(), "k" + i);
        calls.add(() -> give(order));
      }
      for (Future<GrantReceipt> call : threads.invokeAll(calls)) {
        assertThat(call.get().amount()).isEqualTo(usd("2"));
      }
    }
    assertThat(house.standing(user).owed()).isEqualTo(usd("0"));
    assertThat(house.standing(user).balance()).isEqualTo(usd("5"));
  }

  private GrantReceipt give(GrantOrder order) {
    return house.write(tx -> house.billing.grants().give(tx, order));
  }

  private List<Account> accounts(String externalId) {
    return house.accounts(house.user(externalId).id()).stream()
        .filter(account -> account.key().kind() != AccountKind.OWED)
        .toList();
  }

  private GrantOrder order(String user, Amount amount, Optional<Instant> expiresAt, String key) {
    return new GrantOrder(house.tenant.id(), user, amount, expiresAt, 0, key);
  }

  private static Amount usd(String text) {
    return Amount.parse(House.USD, text);
  }
}
