package io.tollgate.metering.internal.database;

import static io.tollgate.metering.internal.database.SomeCharges.after;
import static io.tollgate.metering.internal.database.SomeCharges.charge;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.database.books.DatabaseSettlement;
import io.tollgate.metering.internal.database.register.DatabaseLeases;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.settlement.LogState;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Elsewhere;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Settled;
import io.tollgate.metering.internal.settlement.SettlementBatch;
import io.tollgate.metering.internal.settlement.TakeOver;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Logs that are taken over: after they were given up, twice, or in a database that forgot it. */
class TakenOverLogsTest {
  private static final LogPosition END = after(Books.START, 3);

  private final Books books = new Books();
  private final AccountId account = books.money(Books.USER, 1_000);
  private final UUID incarnation = UUID.randomUUID();
  private final HolderId log = books.log(incarnation);
  private final DatabaseSettlement settlement =
      new DatabaseSettlement(books.transactions, books.ledger, FlatPrices.BOOK, Clock.systemUTC());

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void the_open_intents_of_a_log_that_was_given_up_are_in_doubt_and_it_ends_at_its_end() {
    var leases = new DatabaseLeases(books.transactions, books.ledger, Clock.systemUTC());
    var _ = leases.lost(incarnation);
    assertThat(state()).isEqualTo(LogState.LOST);

    assertThat(books.register.takeOver(plan(charge(1, account, 250)))).isTrue();

    assertThat(state()).isEqualTo(LogState.RECOVERING);
    assertThat(books.account(account).held()).isEqualTo(250);
    assertThat(inDoubt()).isEqualTo(1);
    assertThat(leases.lost(incarnation)).isEmpty();
    assertThat(state()).isEqualTo(LogState.RECOVERING);
    assertThat(books.register.end(log.value(), END, true)).isFalse();
    assertThat(books.register.end(log.value(), Books.START, true)).isTrue();
    assertThat(books.account(account).held()).isEqualTo(250);
  }

  @Test
  void what_a_first_take_over_did_not_know_is_in_doubt_after_the_second() {
    SettledCharge first = charge(1, account, 250);
    SettledCharge second = charge(2, account, 100);
    assertThat(books.register.takeOver(plan(first))).isTrue();
    assertThat(books.register.takeOver(plan(first, second))).isTrue();
    assertThat(books.register.takeOver(plan(first, second))).isTrue();
    assertThat(books.account(account).held()).isEqualTo(350);
    assertThat(inDoubt()).isEqualTo(2);
  }

  @Test
  void what_was_taken_over_is_settled_only_where_the_database_knows_that() {
    SettlementBatch batch =
        new SettlementBatch(
            log.value(), Books.START, END, 1, List.of(charge(3, account, 250)), true);
    assertThat(settlement.settle(batch)).isInstanceOf(Elsewhere.class);
    assertThat(books.register.end(log.value(), Books.START, true)).isFalse();
    assertThat(books.account(account).balance()).isEqualTo(1_000);

    assertThat(books.register.takeOver(plan())).isTrue();
    assertThat(settlement.settle(batch)).isEqualTo(new Settled());
    assertThat(books.register.end(log.value(), END, true)).isTrue();
    assertThat(books.account(account).balance()).isEqualTo(750);
  }

  @Test
  void a_log_that_had_ended_can_still_turn_out_to_be_forked() {
    assertThat(books.register.end(log.value(), Books.START, false)).isTrue();
    books.register.fork(log.value());
    assertThat(state()).isEqualTo(LogState.FORKED);
  }

  private TakeOver plan(SettledCharge... open) {
    List<TakeOver.OpenIntent> intents =
        List.of(open).stream()
            .map(one -> new TakeOver.OpenIntent(one.intent(), TokenUsage.NONE, one.result().legs()))
            .toList();
    return new TakeOver(log.value(), Books.START, intents, List.of(), Optional.empty());
  }

  private LogState state() {
    return books.register.find(log.value()).orElseThrow().state();
  }

  private long inDoubt() {
    return books.number("SELECT count(*) FROM metering.passage");
  }
}
