package io.tollgate.ledger;

import static io.tollgate.ledger.TestBooks.TENANT;
import static io.tollgate.ledger.TestBooks.TOKEN;
import static io.tollgate.ledger.TestBooks.USD;
import static io.tollgate.ledger.TestBooks.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.data.ListRequest;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PostingTest {
  private final TestBooks books = TestBooks.shared();

  @AfterEach
  void close() {
    assertThat(books.audit().findings()).isEmpty();
    books.close();
  }

  @Test
  void a_transfer_moves_units_from_one_account_to_another() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 1_000);

    Posting posting = books.post(request("a", new Leg(user, -300), new Leg(revenue, 300)));

    assertThat(posting.repeated()).isFalse();
    assertThat(posting.transfer().version()).isEqualTo(7);
    assertThat(books.account(user).balance()).isEqualTo(700);
    assertThat(books.account(revenue).balance()).isEqualTo(300);
    assertThat(books.account(user).version()).isEqualTo(3);
  }

  @Test
  void the_same_key_and_hash_again_gives_the_first_answer_and_changes_nothing() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 300);
    TransferRequest charge = request("a", new Leg(user, -300), new Leg(revenue, 300));

    Posting first = books.post(charge);
    books.clock.advance(Duration.ofHours(1));
    Posting second = books.post(charge);

    assertThat(second).isEqualTo(new Posting(first.transfer(), first.postedAt(), true));
    assertThat(books.account(user).balance()).isZero();
  }

  @Test
  void the_same_key_with_another_hash_is_a_conflict() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 1_000);
    books.post(request("a", new Leg(user, -300), new Leg(revenue, 300)));

    assertRefused(
        ErrorCode.IDEMPOTENCY_CONFLICT, request("a", new Leg(user, -301), new Leg(revenue, 301)));
  }

  @Test
  void a_refusal_is_not_stored_so_that_a_recharge_cures_it() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    TransferRequest charge = request("a", new Leg(user, -300), new Leg(revenue, 300));

    assertRefused(ErrorCode.INSUFFICIENT_MEANS, charge);
    books.fund(user, 300);

    assertThat(books.post(charge).repeated()).isFalse();
  }

  @Test
  void a_refusal_leaves_the_transaction_usable() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 100);

    books.write(
        t -> {
          assertThatThrownBy(
                  () ->
                      books.ledger.post(
                          t, request("much", new Leg(user, -300), new Leg(revenue, 300))))
              .isInstanceOf(Refusal.class)
              .hasMessage("0.0000001 USD available (expected: at least 0.0000003 USD)");
          var unused =
              books.ledger.post(t, request("little", new Leg(user, -50), new Leg(revenue, 50)));
        });

    assertThat(books.account(user).balance()).isEqualTo(50);
  }

  @Test
  void several_legs_on_one_account_keep_its_chain() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 100);

    books.post(
        request(
            "a", new Leg(user, -90), new Leg(user, 5), new Leg(revenue, 100), new Leg(user, -15)));

    List<LedgerEntry> entries = entriesOf(user);
    assertThat(entries.reversed())
        .extracting(entry -> entry.balanceAfter().units())
        .containsExactly(100L, 10L, 15L, 0L);
  }

  @Test
  void one_transfer_may_move_several_assets() {
    AccountId money = books.balance(1);
    AccountId revenue = books.revenue(USD);
    AccountId given = books.world(AccountKind.WORLD_GRANTS, TOKEN);
    AccountId used = books.revenue(TOKEN);
    books.fund(money, 10);

    books.post(
        request(
            "a",
            new Leg(money, -10),
            new Leg(given, -77),
            new Leg(revenue, 10),
            new Leg(used, 77)));

    assertThat(books.account(used).balance()).isEqualTo(77);
    assertThat(books.account(given).balance()).isEqualTo(-77);
  }

  @Test
  void legs_that_do_not_sum_to_zero_per_asset_are_a_mistake_of_the_caller() {
    AccountId money = books.world(AccountKind.WORLD_PAYMENTS, USD);
    AccountId tokens = books.world(AccountKind.WORLD_GRANTS, TOKEN);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> books.post(request("a", new Leg(money, -5), new Leg(tokens, 5))))
        .withMessageContaining("(expected: 0)");
  }

  @Test
  void an_account_of_another_tenant_or_of_nobody_is_a_mistake_of_the_caller() {
    AccountId ours = books.world(AccountKind.WORLD_PAYMENTS, USD);
    AccountId theirs =
        books.open(AccountKey.world(new TenantId(2), AccountKind.WORLD_PAYMENTS, USD));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> books.post(request("a", new Leg(ours, -5), new Leg(theirs, 5))))
        .withMessageContaining("another tenant");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> books.post(request("a", new Leg(ours, -5), new Leg(new AccountId(999), 5))))
        .withMessageContaining("not there");
  }

  @Test
  void credits_to_a_hot_account_are_spread_and_folded_when_a_debit_needs_them() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 1_000);
    for (int i = 0; i < 40; i++) {
      books.post(request("in" + i, new Leg(user, -25), new Leg(revenue, 25)));
    }
    assertThat(shardsInUse(revenue)).isGreaterThan(2);
    assertThat(books.account(revenue).balance()).isEqualTo(1_000);

    books.post(request("out", new Leg(revenue, -1_000), new Leg(user, 1_000)));

    assertThat(books.account(revenue).balance()).isZero();
    assertThat(books.account(user).balance()).isEqualTo(1_000);
    assertRefused(
        ErrorCode.INSUFFICIENT_MEANS, request("more", new Leg(revenue, -1), new Leg(user, 1)));
  }

  @Test
  void what_is_owed_goes_below_zero_without_a_floor() {
    AccountId owed = books.open(AccountKey.ofUser(TENANT, new UserId(1), AccountKind.OWED, USD));
    AccountId revenue = books.revenue(USD);

    books.post(request("a", new Leg(owed, -5), new Leg(revenue, 5)));

    assertThat(books.account(owed).balance()).isEqualTo(-5);
    assertThat(books.audit().notes())
        .startsWith("owed: tenant 1 user:1 owes 0.000000005 USD (account " + owed + ")");
  }

  @Test
  void an_amount_that_does_not_fit_is_refused() {
    AccountId user = books.balance(1);
    AccountId world = books.world(AccountKind.WORLD_PAYMENTS, USD);
    books.fund(user, Long.MAX_VALUE);

    assertRefused(ErrorCode.INVALID_REQUEST, request("a", new Leg(world, -2), new Leg(user, 2)));
  }

  @Test
  void an_asset_keeps_the_scale_it_was_defined_with() {
    assertThatThrownBy(() -> books.write(t -> books.ledger.define(t, new Asset("USD", 2))))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT));
    assertThatThrownBy(() -> books.revenue(Asset.money("EUR")))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNKNOWN_ASSET));
  }

  @Test
  void a_key_that_is_too_long_is_refused_before_it_meets_the_database() {
    assertThatThrownBy(() -> request("k".repeat(301)))
        .isInstanceOf(Refusal.class)
        .hasMessage("idempotency key: 301 characters (expected: 1 to 300)");
  }

  @Test
  void the_ledgers_own_operations_are_not_for_others() {
    AccountId user = books.balance(1);
    TransferRequest fold =
        new TransferRequest(
            "test",
            TENANT,
            "ledger.fold",
            "key",
            RequestHash.of(),
            "",
            TestBooks.START,
            List.of(new Leg(user, 1), new Leg(user, -1)),
            List.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> books.post(fold))
        .withMessage("operation: ledger.fold (expected: not one of the ledger's own)");
  }

  @Test
  void a_transfer_without_legs_only_ends_holds() {
    AccountId user = books.balance(1);
    books.fund(user, 10);
    UUID hold = UUID.randomUUID();
    books.write(t -> books.ledger.hold(t, TENANT, hold, "test", List.of(new Leg(user, 10))));

    books.post(request("nothing", List.of(), List.of(hold)));

    assertThat(books.account(user).available()).isEqualTo(10);
  }

  private void assertRefused(ErrorCode code, TransferRequest request) {
    assertThatThrownBy(() -> books.post(request))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private List<LedgerEntry> entriesOf(AccountId account) {
    EntryFilter filter =
        new EntryFilter(
            Optional.empty(),
            Optional.of(account),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return books.transactions.read(
        t -> Ledgers.queries().entries(t, filter, ListRequest.first(500)).rows());
  }

  private long shardsInUse(AccountId account) {
    return entriesOf(account).stream().map(LedgerEntry::shard).distinct().count();
  }
}
