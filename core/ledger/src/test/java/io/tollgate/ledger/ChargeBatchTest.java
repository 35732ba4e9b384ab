package io.tollgate.ledger;

import static io.tollgate.ledger.TestBooks.START;
import static io.tollgate.ledger.TestBooks.TENANT;
import static io.tollgate.ledger.TestBooks.TOKEN;
import static io.tollgate.ledger.TestBooks.USD;
import static io.tollgate.ledger.TestBooks.batch;
import static io.tollgate.ledger.TestBooks.charge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.ChargeId;
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

final class ChargeBatchTest {
  private final TestBooks books = TestBooks.shared();

  @AfterEach
  void close() {
    assertThat(books.audit().findings()).isEmpty();
    books.close();
  }

  @Test
  void a_batch_is_one_transfer_with_an_entry_for_each_charge() {
    AccountId one = books.balance(1);
    AccountId two = books.balance(2);
    AccountId revenue = books.revenue(USD);
    books.fund(one, 100);
    books.fund(two, 100);
    ChargeLeg first = charge(one, 10);
    ChargeLeg second = charge(two, 20);
    ChargeLeg third = charge(one, 30);

    Posting posting =
        books.charge(
            batch("a", List.of(first, second, third), List.of(new Leg(revenue, 60)), List.of()));

    assertThat(posting.repeated()).isFalse();
    assertThat(books.account(one).balance()).isEqualTo(60);
    assertThat(books.account(two).balance()).isEqualTo(80);
    assertThat(books.account(revenue).balance()).isEqualTo(60);
    List<LedgerEntry> entries = entriesOf(posting.transfer()).reversed();
    assertThat(entries).extracting(LedgerEntry::seq).containsExactly(1, 2, 3, 4);
    assertThat(entries).extracting(LedgerEntry::kind).containsOnly("test_charge");
    assertThat(entries)
        .extracting(LedgerEntry::reference)
        .containsExactly(
            first.charge().toString(),
            second.charge().toString(),
            third.charge().toString(),
            "ref-a");
    assertThat(entries).extracting(entry -> entry.balanceAfter().units()).startsWith(90L, 80L, 60L);
  }

  @Test
  void a_charge_is_found_by_its_id_whether_posted_alone_or_in_a_batch() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 100);
    ChargeLeg inBatch = charge(user, 10);
    ChargeId alone = TestBooks.chargeId();
    books.charge(
        batch("a", List.of(inBatch, charge(user, 1)), List.of(new Leg(revenue, 11)), List.of()));
    books.post(
        new TransferRequest(
            "relay_charge",
            TENANT,
            "relay.charge",
            alone.toString(),
            RequestHash.of(alone.toString()),
            alone.toString(),
            START,
            List.of(new Leg(user, -5), new Leg(revenue, 5)),
            List.of()));

    assertThat(byReference(inBatch.charge().toString()))
        .singleElement()
        .satisfies(entry -> assertThat(entry.amount().units()).isEqualTo(-10));
    assertThat(byReference(alone.toString())).hasSize(2);
    assertThat(byReference("ref-a")).hasSize(3);
    assertThat(byReference(UUID.randomUUID().toString())).isEmpty();
  }

  @Test
  void the_same_key_and_hash_again_gives_the_first_answer_and_changes_nothing() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 10);
    ChargeBatch batch =
        batch("a", List.of(charge(user, 10)), List.of(new Leg(revenue, 10)), List.of());

    Posting first = books.charge(batch);
    books.clock.advance(Duration.ofHours(1));
    Posting second = books.charge(batch);

    assertThat(second).isEqualTo(new Posting(first.transfer(), first.postedAt(), true));
    assertThat(books.account(user).balance()).isZero();
    assertRefused(
        ErrorCode.IDEMPOTENCY_CONFLICT,
        batch("a", List.of(charge(user, 9)), List.of(new Leg(revenue, 9)), List.of()));
  }

  @Test
  void what_was_held_is_released_by_the_update_that_takes_it() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 100);
    books.write(t -> books.ledger.moveHeld(t, List.of(new Leg(user, 100))));
    long version = books.account(user).version();

    books.charge(
        batch(
            "a",
            List.of(charge(user, 30), charge(user, 20)),
            List.of(new Leg(revenue, 50)),
            List.of(new Leg(user, 40), new Leg(user, 10))));

    Account after = books.account(user);
    assertThat(after.balance()).isEqualTo(50);
    assertThat(after.held()).isEqualTo(50);
    assertThat(after.version()).isEqualTo(version + 1);
    books.write(t -> books.ledger.moveHeld(t, List.of(new Leg(user, -50))));
  }

  @Test
  void a_batch_that_is_not_covered_is_refused_whole_and_leaves_the_transaction_usable() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    books.fund(user, 10);

    books.write(
        t -> {
          assertThatThrownBy(
                  () ->
                      books.ledger.charge(
                          t,
                          batch(
                              "a",
                              List.of(charge(user, 6), charge(user, 5)),
                              List.of(new Leg(revenue, 11)),
                              List.of())))
              .isInstanceOf(Refusal.class)
              .hasMessage("account " + user + ": -0.000000001 USD left (expected: at least 0 USD)");
          var unused =
              books.ledger.charge(
                  t,
                  batch("a", List.of(charge(user, 10)), List.of(new Leg(revenue, 10)), List.of()));
        });

    assertThat(books.account(user).balance()).isZero();
  }

  @Test
  void several_assets_and_what_is_owed_go_into_one_batch() {
    AccountId tokens = books.grant(1, TOKEN, "m", START.plus(Duration.ofDays(1)), 0);
    AccountId given = books.world(AccountKind.WORLD_GRANTS, TOKEN);
    AccountId owed = books.open(AccountKey.ofUser(TENANT, new UserId(1), AccountKind.OWED, USD));
    books.post(TestBooks.request("g", new Leg(given, -50), new Leg(tokens, 50)));
    ChargeId charge = TestBooks.chargeId();

    books.charge(
        batch(
            "a",
            List.of(new ChargeLeg(charge, tokens, 50), new ChargeLeg(charge, owed, 7)),
            List.of(new Leg(books.revenue(TOKEN), 50), new Leg(books.revenue(USD), 7)),
            List.of()));

    assertThat(books.account(tokens).balance()).isZero();
    assertThat(books.account(owed).balance()).isEqualTo(-7);
    assertThat(byReference(charge.toString())).hasSize(2);
  }

  @Test
  void an_empty_batch_is_posted_once_too() {
    ChargeBatch nothing = batch("a", List.of(), List.of(), List.of());

    assertThat(books.charge(nothing).repeated()).isFalse();
    assertThat(books.charge(nothing).repeated()).isTrue();
  }

  @Test
  void a_batch_that_makes_no_sense_is_a_mistake_of_the_caller() {
    AccountId user = books.balance(1);
    AccountId revenue = books.revenue(USD);
    AccountId theirs = books.open(AccountKey.world(new TenantId(2), AccountKind.WORLD_GRANTS, USD));
    books.fund(user, 10);
    ChargeLeg five = charge(user, 5);
    Leg all = new Leg(revenue, 5);

    assertNoSense(
        "sum to -1 units", batch("a", List.of(five), List.of(new Leg(revenue, 4)), List.of()));
    assertNoSense(
        "is hot", batch("a", List.of(charge(revenue, 5)), List.of(new Leg(user, 5)), List.of()));
    assertNoSense(
        "another tenant", batch("a", List.of(five), List.of(new Leg(theirs, 5)), List.of()));
    assertNoSense(
        "not there", batch("a", List.of(five), List.of(new Leg(new AccountId(999), 5)), List.of()));
    assertNoSense(
        "held -1 after the release",
        batch("a", List.of(five), List.of(all), List.of(new Leg(user, 1))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> charge(user, 0))
        .withMessageContaining("(expected: >= 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch("a", List.of(), List.of(new Leg(revenue, -5)), List.of()))
        .withMessageContaining("(expected: >= 1)");
    assertThat(books.account(user).balance()).isEqualTo(10);
  }

  private void assertNoSense(String message, ChargeBatch batch) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> books.charge(batch))
        .withMessageContaining(message);
  }

  private void assertRefused(ErrorCode code, ChargeBatch batch) {
    assertThatThrownBy(() -> books.charge(batch))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private List<LedgerEntry> entriesOf(UUID transfer) {
    return books.entries(
        new EntryFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.of(transfer),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private List<LedgerEntry> byReference(String reference) {
    return books.entries(
        new EntryFilter(
            Optional.of(TENANT),
            Optional.empty(),
            Optional.empty(),
            Optional.of(reference),
            Optional.empty(),
            Optional.empty()));
  }
}
