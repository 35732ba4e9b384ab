package io.tollgate.metering.internal.database;

import static io.tollgate.metering.internal.database.SomeCharges.batch;
import static io.tollgate.metering.internal.database.SomeCharges.charge;
import static io.tollgate.metering.internal.database.SomeCharges.first;
import static io.tollgate.metering.internal.database.SomeCharges.pays;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.internal.database.bank.DatabaseBank;
import io.tollgate.metering.internal.database.books.DatabaseSettlement;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Elsewhere;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Settled;
import io.tollgate.metering.internal.settlement.SettlementBatch;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Charges that cannot be booked: refused by the batch, kept with what their leases have for them.
 */
class SettlementExceptionsTest {
  private static final UserId OTHER = new UserId(8);
  private static final AccountId NOWHERE = new AccountId(99_999);

  private final Books books = new Books();
  private final DatabaseBank bank = books.bank();
  private final DatabaseSettlement settlement =
      new DatabaseSettlement(books.transactions, books.ledger, FlatPrices.BOOK, Clock.systemUTC());

  @AfterEach
  void booksAreClean() {
    bank.close();
    assertThat(books.audit().findings()).isEmpty();
    books.close();
  }

  @Test
  void a_charge_that_makes_no_sense_fails_and_is_kept_with_its_means() {
    AccountId account = books.money(Books.USER, 1_000);
    HolderId log = granted(account, 600);
    SettledCharge odd = charge(2, Books.USER, 70, 0, List.of(pays(account, 50), pays(NOWHERE, 20)));
    SettlementBatch batch = first(log, odd);
    assertThatThrownBy(() -> settlement.settle(batch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("account 99999");
    assertThat(settlement.keepException(batch, "account 99999")).isEqualTo(new Settled());
    assertThat(settlement.keepException(batch, "account 99999")).isInstanceOf(Elsewhere.class);
    assertThat(
            books.number(
                "SELECT octet_length(records) FROM metering.settlement_exception"
                    + " WHERE owner = 'operator' AND resolved_at IS NULL"))
        .isPositive();
    LogPosition end = books.register.find(log.value()).orElseThrow().position();
    assertThat(books.register.end(log.value(), end, false)).isTrue();
    assertThat(books.account(account).held()).isEqualTo(50);
  }

  @Test
  void an_exception_counts_in_the_lease_what_its_holder_has_used_also_when_the_bank_knows_less() {
    AccountId account = books.money(Books.USER, 1_000);
    HolderId unknown = books.log();
    var odd = charge(2, Books.USER, 90, 0, List.of(pays(account, 70), pays(NOWHERE, 20)));
    assertThat(settlement.keepException(first(unknown, odd), "odd")).isEqualTo(new Settled());
    assertThat(settled(unknown)).isEqualTo(70);
    assertThat(books.account(account).held()).isZero();

    HolderId tooLittle = granted(account, 50);
    assertThat(settlement.keepException(first(tooLittle, odd), "odd")).isEqualTo(new Settled());
    assertThat(settled(tooLittle)).isEqualTo(70);
    assertThat(books.account(account).held()).isEqualTo(50);
  }

  @Test
  void a_leg_on_an_account_of_somebody_else_is_not_believed() {
    AccountId account = books.money(Books.USER, 1_000);
    HolderId log = granted(account, 600);
    SettlementBatch batch = first(log, charge(2, OTHER, 50, 0, List.of(pays(account, 50))));
    assertThatThrownBy(() -> settlement.settle(batch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: one of tenant 1 user:8");
    assertThat(books.account(account).balance()).isEqualTo(1_000);
  }

  private long settled(HolderId holder) {
    return books.number(
        "SELECT settled FROM metering.lease WHERE holder = ? AND granted >= settled",
        holder.value());
  }

  private HolderId granted(AccountId account, long units) {
    return books.granted(bank, books.log(), account, units);
  }
}
