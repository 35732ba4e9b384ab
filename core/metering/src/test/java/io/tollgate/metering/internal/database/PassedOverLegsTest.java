package io.tollgate.metering.internal.database;

import static io.tollgate.metering.internal.database.SomeCharges.charge;
import static io.tollgate.metering.internal.database.SomeCharges.counts;
import static io.tollgate.metering.internal.database.SomeCharges.first;
import static io.tollgate.metering.internal.database.SomeCharges.pays;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.database.bank.DatabaseBank;
import io.tollgate.metering.internal.database.books.DatabaseSettlement;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.meterlog.LogRecord.Leg;
import io.tollgate.metering.internal.meterlog.LogRecord.LegKind;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Settled;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accounts that should have paid while the database was silent pay when the charge is booked. */
class PassedOverLegsTest {
  /** What every charge of {@link SomeCharges} has used, and costs where no quota pays. */
  private static final long TOKENS = charge(2, new AccountId(1), 1).result().usage().total();

  private final Books books = new Books();
  private final DatabaseBank bank = books.bank();
  private final AccountId money = books.money(Books.USER, 1_000);
  private final HolderId log = books.granted(bank, books.log(), money, 600);
  private final DatabaseSettlement settlement =
      new DatabaseSettlement(books.transactions, books.ledger, FlatPrices.BOOK, Clock.systemUTC());

  @AfterEach
  void booksAreClean() {
    bank.close();
    assertThat(books.audit().findings()).isEmpty();
    books.close();
  }

  @Test
  void quota_that_was_passed_over_pays_and_the_money_stays() {
    AccountId quota = books.tokens(Books.USER, "relay:now", 5_000);
    settle(TOKENS, 0, passedOver(quota, TOKENS), pays(money, TOKENS));
    assertThat(books.account(quota).balance()).isEqualTo(5_000 - TOKENS);
    assertThat(books.account(money).balance()).isEqualTo(1_000);
    assertThat(books.account(money).held())
        .as("the lease is as if it had paid")
        .isEqualTo(600 - TOKENS);
    assertThat(row("quota_tokens")).isEqualTo(TOKENS);
    assertThat(row("paid + owed")).isZero();
  }

  @Test
  void quota_that_has_less_pays_what_it_has_and_money_its_exact_share() {
    AccountId quota = books.tokens(Books.USER, "relay:now", 40);
    settle(TOKENS, 0, passedOver(quota, TOKENS), pays(money, TOKENS));
    assertThat(books.account(quota).balance()).isZero();
    assertThat(books.account(money).balance()).isEqualTo(1_000 - (TOKENS - 40));
    assertThat(row("quota_tokens")).isEqualTo(40);
    assertThat(row("paid")).isEqualTo(TOKENS - 40);
  }

  @Test
  void what_nobody_had_paid_is_paid_first_and_nothing_is_owed() {
    AccountId quota = books.tokens(Books.USER, "relay:now", 50);
    settle(TOKENS, 50, passedOver(quota, TOKENS), pays(money, TOKENS - 50));
    assertThat(books.account(quota).balance()).isZero();
    assertThat(books.account(money).balance()).isEqualTo(1_000 - (TOKENS - 50));
    assertThat(books.owed(Books.USER)).isZero();
  }

  @Test
  void quota_that_ends_first_takes_the_place_of_one_that_ends_later() {
    AccountId sooner = books.tokens(Books.USER, "relay:a", 30);
    AccountId later = books.tokens(Books.USER, "relay:b", 5_000);
    settle(0, 0, passedOver(sooner, TOKENS), pays(later, TOKENS));
    assertThat(books.account(sooner).balance()).isZero();
    assertThat(books.account(later).balance()).isEqualTo(5_000 - (TOKENS - 30));
  }

  @Test
  void a_limit_counts_what_is_paid_with_money_in_the_end() {
    AccountId quota = books.tokens(Books.USER, "relay:now", 60);
    AccountId limit = books.allowance(Books.USER, 500);
    settle(TOKENS, 0, passedOver(quota, TOKENS), pays(money, TOKENS), counts(limit, TOKENS));
    assertThat(books.account(limit).balance()).isEqualTo(500 - (TOKENS - 60));
  }

  @Test
  void an_account_that_is_somebody_elses_pays_nothing() {
    AccountId theirs = books.tokens(new io.tollgate.ground.UserId(99), "relay:now", 5_000);
    settle(TOKENS, 0, passedOver(theirs, TOKENS), pays(money, TOKENS));
    assertThat(books.account(theirs).balance()).isEqualTo(5_000);
    assertThat(books.account(money).balance()).isEqualTo(1_000 - TOKENS);
  }

  private static Leg passedOver(AccountId account, long units) {
    return new Leg(LegKind.PASSED_OVER, account, units);
  }

  private void settle(long price, long uncovered, Leg... legs) {
    SettledCharge charge = charge(2, Books.USER, price, uncovered, List.of(legs));
    assertThat(settlement.settle(first(log, charge))).isEqualTo(new Settled());
  }

  private long row(String what) {
    return books.number("SELECT sum(" + what + ") FROM metering.usage_record");
  }
}
