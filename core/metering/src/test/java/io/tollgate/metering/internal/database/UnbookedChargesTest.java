package io.tollgate.metering.internal.database;

import static io.tollgate.metering.internal.database.SomeCharges.charge;
import static io.tollgate.metering.internal.database.SomeCharges.first;
import static io.tollgate.metering.internal.database.SomeCharges.pays;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.data.ListRequest;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.UnbookedCharges;
import io.tollgate.metering.UnbookedCharges.Decoded;
import io.tollgate.metering.UnbookedCharges.Filter;
import io.tollgate.metering.UnbookedCharges.Kept;
import io.tollgate.metering.UnbookedCharges.Loss;
import io.tollgate.metering.UnbookedCharges.Place;
import io.tollgate.metering.UnbookedCharges.State;
import io.tollgate.metering.internal.database.bank.DatabaseBank;
import io.tollgate.metering.internal.database.books.DatabaseSettlement;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.operator.StoredUnbookedCharges;
import io.tollgate.metering.internal.settlement.SettledCharge;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an administrator does about charges that could not be booked, and about losses. */
class UnbookedChargesTest {
  private static final AdminId ADMIN = new AdminId(3);
  private static final AccountId NOWHERE = new AccountId(99_999);

  private final Books books = new Books();
  private final DatabaseBank bank = books.bank();
  private final DatabaseSettlement settlement =
      new DatabaseSettlement(books.transactions, books.ledger, FlatPrices.BOOK, Clock.systemUTC());
  private final UnbookedCharges unbooked =
      new StoredUnbookedCharges(
          books.transactions, books.ledger, FlatPrices.BOOK, Clock.systemUTC());

  @AfterEach
  void booksAreClean() {
    bank.close();
    assertThat(books.audit().findings()).isEmpty();
    books.close();
  }

  @Test
  void an_exception_is_shown_as_its_log_tells_it() {
    AccountId account = books.money(Books.USER, 1_000);
    SettledCharge odd = kept(account, 50);
    Kept shown = list(Optional.of(State.OPEN)).getFirst();
    assertThat(shown.charge()).isEqualTo(odd.intent().charge());
    assertThat(shown.user()).contains(Books.USER);
    assertThat(shown.records()).extracting(Decoded::type).containsExactly("intent", "result");
    Decoded result = shown.records().getLast();
    assertThat(result.price()).hasValue(50);
    assertThat(result.currency()).isPresent();
    assertThat(result.legs()).containsExactly(new UnbookedCharges.Leg("payment", account, 50));
    assertThat(list(Optional.of(State.CLOSED))).isEmpty();
  }

  @Test
  void another_try_books_the_charge_once_with_what_was_held_for_it() {
    AccountId account = books.money(Books.USER, 1_000);
    kept(account, 50);
    Place place = list(Optional.empty()).getFirst().place();
    assertThat(books.account(account).held()).isEqualTo(600);

    Kept booked = unbooked.retry(place, ADMIN);
    assertThat(booked.state()).isEqualTo(State.CLOSED);
    assertThat(booked.action()).contains("booked");
    assertThat(booked.admin()).contains(ADMIN);
    assertThat(books.account(account).balance()).isEqualTo(950);
    assertThatThrownBy(() -> unbooked.retry(place, ADMIN))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT));
    assertThat(books.account(account).balance()).isEqualTo(950);
  }

  @Test
  void what_cannot_be_booked_still_says_why_and_stays_held_until_it_is_closed() {
    AccountId account = books.money(Books.USER, 1_000);
    HolderId log = books.granted(bank, books.log(), account, 600);
    SettledCharge odd = charge(2, Books.USER, 70, 0, List.of(pays(account, 50), pays(NOWHERE, 20)));
    settlement.keepException(first(log, odd), "account 99999");
    Place place = list(Optional.empty()).getFirst().place();

    assertThatThrownBy(() -> unbooked.retry(place, ADMIN))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("account 99999");
    assertThat(list(Optional.of(State.TAKEN))).hasSize(1);
    assertThat(books.number("SELECT count(*) FROM ledger.hold WHERE closed_at IS NULL")).isOne();

    Kept closed = books.transactions.write(tx -> unbooked.close(tx, place, ADMIN, "looked into"));
    assertThat(closed.note()).contains("looked into");
    assertThat(books.number("SELECT count(*) FROM ledger.hold WHERE closed_at IS NULL")).isZero();
    assertThat(books.account(account).balance()).isEqualTo(1_000);
    assertThatThrownBy(
            () -> books.transactions.write(tx -> unbooked.close(tx, place, ADMIN, "again")))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void a_charge_that_came_into_the_books_otherwise_is_closed_as_known() {
    AccountId account = books.money(Books.USER, 1_000);
    SettledCharge odd = kept(account, 50);
    Place place = list(Optional.empty()).getFirst().place();
    HolderId other = books.granted(bank, books.log(), account, 100);
    settlement.settle(first(other, odd));
    assertThat(books.account(account).balance()).isEqualTo(950);

    assertThat(unbooked.retry(place, ADMIN).action()).contains("known");
    assertThat(books.account(account).balance()).isEqualTo(950);
  }

  @Test
  void a_loss_is_taken_and_closed_with_a_note() {
    UUID log = UUID.randomUUID();
    int _ =
        books.transactions.write(
            tx ->
                tx.sql()
                    .execute(
                        "INSERT INTO metering.loss (log, incarnation, begins_at, ends_at, why,"
                            + " noted_at) VALUES (?, gen_random_uuid(), now(), now(), 'power',"
                            + " now())",
                        log));
    Loss taken = books.transactions.write(tx -> unbooked.takeLoss(tx, log, ADMIN));
    assertThat(taken.state()).isEqualTo(State.TAKEN);
    Loss closed = books.transactions.write(tx -> unbooked.closeLoss(tx, log, ADMIN, "known"));
    assertThat(closed.state()).isEqualTo(State.CLOSED);
    assertThatThrownBy(() -> books.transactions.write(tx -> unbooked.takeLoss(tx, log, ADMIN)))
        .isInstanceOf(Refusal.class);
  }

  /** A charge like any other, that was kept instead of booked. */
  private SettledCharge kept(AccountId account, long units) {
    HolderId log = books.granted(bank, books.log(), account, 600);
    SettledCharge odd = charge(2, Books.USER, units, 0, List.of(pays(account, units)));
    settlement.keepException(first(log, odd), "odd");
    return odd;
  }

  private List<Kept> list(Optional<State> state) {
    return books.transactions.read(
        tx ->
            unbooked
                .exceptions(
                    tx,
                    new Filter(Optional.empty(), Optional.empty(), state, Optional.empty()),
                    ListRequest.first(20))
                .rows());
  }
}
