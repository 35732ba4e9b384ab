package io.tollgate.ledger;

import static io.tollgate.ledger.TestBooks.START;
import static io.tollgate.ledger.TestBooks.TENANT;
import static io.tollgate.ledger.TestBooks.TOKEN;
import static io.tollgate.ledger.TestBooks.USD;
import static io.tollgate.ledger.TestBooks.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.data.ListRequest;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class ReversalAndExpiryTest {
  private final TestBooks books = TestBooks.shared();

  @AfterEach
  void close() {
    assertThat(books.audit().findings()).isEmpty();
    books.close();
  }

  @Test
  void a_reversal_takes_back_exactly_the_legs_of_the_original_once() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 100);
    Posting charge = books.post(request("a", new Leg(user, -30), new Leg(revenue, 30)));

    Posting first = reverse(charge.transfer(), "wrong price");
    Posting second = reverse(charge.transfer(), "told otherwise");

    assertThat(second.transfer()).isEqualTo(first.transfer());
    assertThat(second.repeated()).isTrue();
    assertThat(books.account(user).balance()).isEqualTo(100);
    assertThat(books.account(revenue).balance()).isZero();
    EntryFilter ofCharge =
        new EntryFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("ref-a"),
            Optional.empty(),
            Optional.empty());
    List<LedgerEntry> entries =
        books.transactions.read(
            t -> Ledgers.queries().entries(t, ofCharge, ListRequest.first(10)).rows());
    assertThat(entries)
        .extracting(LedgerEntry::kind)
        .containsExactly("reversal", "reversal", "test", "test");
  }

  @Test
  void a_reversal_of_what_has_been_spent_is_refused() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    Posting recharge = books.fund(user, 100);
    books.post(request("a", new Leg(user, -30), new Leg(revenue, 30)));

    assertRefused(ErrorCode.INSUFFICIENT_MEANS, () -> reverse(recharge.transfer(), ""));
  }

  @Test
  void a_transfer_of_another_tenant_or_a_fold_is_not_reversed() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    Posting recharge = books.fund(user, 100);
    for (int i = 0; i < 20; i++) {
      books.post(request("in" + i, new Leg(user, -5), new Leg(revenue, 5)));
    }
    books.post(request("out", new Leg(revenue, -100), new Leg(user, 100)));
    List<LedgerEntry> entries =
        books.transactions.read(
            t -> Ledgers.queries().entries(t, EntryFilter.ALL, ListRequest.first(500)).rows());
    UUID fold =
        entries.stream().filter(e -> e.kind().equals("fold")).findFirst().orElseThrow().transfer();

    assertRefused(ErrorCode.CONFLICT, () -> reverse(fold, ""));
    assertRefused(
        ErrorCode.NOT_FOUND,
        () ->
            books.write(
                t -> {
                  var unused = books.ledger.reverse(t, new TenantId(2), recharge.transfer(), "");
                }));
    assertRefused(ErrorCode.NOT_FOUND, () -> reverse(UUID.randomUUID(), ""));
  }

  @Test
  void what_is_left_on_an_expired_grant_goes_back_to_the_world_once() {
    AccountId world = books.world(AccountKind.WORLD_GRANTS, TOKEN);
    AccountId grant = books.grant(1, TOKEN, "relay:2026-11", START.plus(Duration.ofDays(9)), 0);
    books.post(request("grant", new Leg(world, -1_000), new Leg(grant, 1_000)));

    assertThat(expire()).isZero();
    books.clock.set(START.plus(Duration.ofDays(9)));

    assertThat(expire()).isEqualTo(1);
    assertThat(expire()).isZero();
    assertThat(books.account(grant).balance()).isZero();
    assertThat(books.account(world).balance()).isZero();
  }

  @Test
  void what_is_held_on_an_expired_grant_is_charged_and_only_the_rest_expires() {
    AccountId world = books.world(AccountKind.WORLD_GRANTS, TOKEN);
    AccountId revenue = books.revenue(TOKEN);
    AccountId grant = books.grant(1, TOKEN, "relay:2026-11", START.plus(Duration.ofDays(9)), 0);
    books.post(request("grant", new Leg(world, -1_000), new Leg(grant, 1_000)));
    UUID hold = UUID.randomUUID();
    books.write(t -> books.ledger.hold(t, TENANT, hold, "test", List.of(new Leg(grant, 400))));
    books.clock.set(START.plus(Duration.ofDays(9)));

    assertThat(expire()).isEqualTo(1);
    assertThat(books.account(grant).balance()).isEqualTo(400);
    assertThat(expire()).isZero();
    books.post(
        request("charge", List.of(new Leg(grant, -300), new Leg(revenue, 300)), List.of(hold)));

    assertThat(expire()).isEqualTo(1);
    assertThat(books.account(grant).balance()).isZero();
    assertThat(books.account(world).balance()).isEqualTo(-300);
  }

  @Test
  void what_comes_back_to_a_grant_after_it_expired_expires_too() {
    AccountId world = books.world(AccountKind.WORLD_GRANTS, TOKEN);
    AccountId revenue = books.revenue(TOKEN);
    AccountId grant = books.grant(1, TOKEN, "relay:2026-11", START.plus(Duration.ofDays(9)), 0);
    books.post(request("grant", new Leg(world, -1_000), new Leg(grant, 1_000)));
    Posting charge = books.post(request("a", new Leg(grant, -600), new Leg(revenue, 600)));
    books.clock.set(START.plus(Duration.ofDays(9)));
    assertThat(expire()).isEqualTo(1);

    reverse(charge.transfer(), "");
    assertThat(books.account(grant).balance()).isEqualTo(600);

    assertThat(expire()).isEqualTo(1);
    assertThat(books.account(grant).balance()).isZero();
    assertThat(books.account(world).balance()).isZero();
  }

  private int expire() {
    return books.inWrite(t -> books.ledger.expireGrants(t, books.clock.instant()));
  }

  private Posting reverse(UUID transfer, String reason) {
    return books.inWrite(t -> books.ledger.reverse(t, TENANT, transfer, reason));
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
