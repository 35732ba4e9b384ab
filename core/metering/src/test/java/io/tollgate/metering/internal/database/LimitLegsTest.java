package io.tollgate.metering.internal.database;

import static io.tollgate.metering.internal.database.SomeCharges.charge;
import static io.tollgate.metering.internal.database.SomeCharges.counts;
import static io.tollgate.metering.internal.database.SomeCharges.first;
import static io.tollgate.metering.internal.database.SomeCharges.pays;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.internal.database.bank.DatabaseBank;
import io.tollgate.metering.internal.database.books.DatabaseSettlement;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Settled;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a charge does to the limits that its record names. */
class LimitLegsTest {
  private static final UserId OTHER = new UserId(Books.USER.value() + 1);

  private final Books books = new Books();
  private final DatabaseBank bank = books.bank();
  private final AccountId money = books.money(Books.USER, 1_000);
  private final AccountId limit = books.allowance(Books.USER, 500);
  private final HolderId log = books.log();
  private final DatabaseSettlement settlement =
      new DatabaseSettlement(books.transactions, books.ledger, FlatPrices.BOOK, Clock.systemUTC());

  @AfterEach
  void booksAreClean() {
    bank.close();
    assertThat(books.audit().findings()).isEmpty();
    books.close();
  }

  @Test
  void the_lease_of_the_limit_pays_what_was_reserved() {
    HolderId holder = books.granted(bank, books.granted(bank, log, money, 400), limit, 300);
    settle(holder, charge(2, Books.USER, 100, 0, List.of(pays(money, 100), counts(limit, 100))));
    assertThat(books.account(limit).balance()).isEqualTo(400);
    assertThat(books.account(limit).held()).isEqualTo(200);
    assertThat(books.account(money).balance()).isEqualTo(900);
  }

  @Test
  void what_cost_more_than_was_reserved_takes_the_rest_from_what_is_available() {
    settle(log, charge(2, Books.USER, 300, 0, List.of(pays(money, 300), counts(limit, 120))));
    assertThat(books.account(limit).balance()).isEqualTo(200);
  }

  @Test
  void nobody_owes_what_a_limit_does_not_cover() {
    settle(log, charge(2, Books.USER, 800, 0, List.of(pays(money, 800), counts(limit, 800))));
    assertThat(books.account(limit).balance()).isZero();
    assertThat(books.account(money).balance()).isEqualTo(200);
    assertThat(books.owed(Books.USER)).isZero();
  }

  @Test
  void what_nobody_pays_counts_all_the_same() {
    settle(log, charge(2, Books.USER, 450, 450, List.of(counts(limit, 0))));
    assertThat(books.account(limit).balance()).isEqualTo(50);
  }

  @Test
  void an_account_that_is_no_limit_of_the_user_counts_nothing_and_the_charge_is_booked() {
    AccountId theirs = books.allowance(OTHER, 500);
    settle(
        log,
        charge(
            2,
            Books.USER,
            100,
            0,
            List.of(pays(money, 100), counts(theirs, 100), counts(new AccountId(99_999), 100))));
    assertThat(books.account(theirs).balance()).isEqualTo(500);
    assertThat(books.account(money).balance()).isEqualTo(900);
  }

  private void settle(HolderId holder, SettledCharge charge) {
    assertThat(settlement.settle(first(holder, charge))).isEqualTo(new Settled());
  }
}
