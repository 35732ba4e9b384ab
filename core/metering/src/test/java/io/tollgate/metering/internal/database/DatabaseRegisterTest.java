package io.tollgate.metering.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Leg;
import io.tollgate.metering.Entitlements;
import io.tollgate.metering.internal.database.bank.DatabaseBank;
import io.tollgate.metering.internal.database.register.DatabaseLeases;
import io.tollgate.metering.internal.database.register.DatabaseRegister;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseOperation;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.meterlog.LogRecord;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.LegKind;
import io.tollgate.metering.internal.settlement.LogStanding;
import io.tollgate.metering.internal.settlement.LogState;
import io.tollgate.metering.internal.settlement.TakeOver;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Logs entered, taken over, ended, forked and given up. */
class DatabaseRegisterTest {
  private static final Entitlements NONE = (transaction, tenant, user, now) -> {};

  private final Books books = new Books();
  private final DatabaseRegister register = books.register;
  private final DatabaseBank bank =
      new DatabaseBank(
          books.transactions, books.ledger, NONE, books.database.database().notifications());
  private final DatabaseLeases leases =
      new DatabaseLeases(books.transactions, books.ledger, Clock.systemUTC());

  @AfterEach
  void close() {
    bank.close();
    books.close();
  }

  @Test
  void a_log_is_entered_once_and_stays_where_it_stands() {
    LogIdentity identity =
        new LogIdentity(
            register.ledger(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), 3);
    assertThat(register.find(identity.log())).isEmpty();
    register.enter(identity, Books.START);
    register.enter(identity, new LogPosition(5, 5));
    assertThat(register.find(identity.log()))
        .contains(new LogStanding(identity.log(), LogState.OPEN, Books.START, 1));
  }

  @Test
  void a_log_taken_over_keeps_what_its_results_need_and_holds_its_open_intents() {
    AccountId account = books.money(Books.USER, 1_000);
    HolderId log = granted(account, 600);
    Intent open = intent(account, 250);
    TakeOver plan = plan(log, List.of(open(open)), List.of(leg(account, 200)), Optional.empty());
    assertThat(register.takeOver(plan)).isTrue();
    assertThat(books.account(account).held()).isEqualTo(450);
    assertThat(outstanding(log)).isEqualTo(200);
    assertThat(heldBy(open.charge())).containsExactly(new Leg(account, 250));
    assertThat(state(log)).isEqualTo(LogState.RECOVERING);
    assertThat(
            books.number(
                "SELECT count(*) FROM metering.passage p JOIN metering.incarnation i"
                    + " ON i.id = p.incarnation WHERE p.charge_id = ? AND p.estimate_output = 20"
                    + " AND p.progress_output = 5 AND i.ended_at IS NOT NULL",
                open.charge().value()))
        .isEqualTo(1);
  }

  @Test
  void taking_over_a_second_time_changes_nothing() {
    AccountId account = books.money(Books.USER, 1_000);
    HolderId log = granted(account, 600);
    Intent open = intent(account, 250);
    TakeOver plan = plan(log, List.of(open(open)), List.of(leg(account, 200)), Optional.empty());
    assertThat(register.takeOver(plan)).isTrue();
    assertThat(register.takeOver(plan)).isTrue();
    assertThat(books.account(account).held()).isEqualTo(450);
    assertThat(heldBy(open.charge())).containsExactly(new Leg(account, 250));
  }

  @Test
  void a_plan_made_for_another_position_is_not_carried_out() {
    AccountId account = books.money(Books.USER, 1_000);
    HolderId log = granted(account, 600);
    TakeOver plan =
        new TakeOver(log.value(), new LogPosition(9, 9), List.of(), List.of(), Optional.empty());
    assertThat(register.takeOver(plan)).isFalse();
    assertThat(
            register.takeOver(
                plan(new HolderId(UUID.randomUUID()), List.of(), List.of(), Optional.empty())))
        .isFalse();
    assertThat(state(log)).isEqualTo(LogState.OPEN);
  }

  @Test
  void what_the_lease_does_not_cover_is_held_from_what_is_available_and_the_rest_is_not() {
    AccountId account = books.money(Books.USER, 1_000);
    HolderId log = granted(account, 100);
    Intent first = intent(account, 700);
    Intent second = intent(account, 700);
    assertThat(
            register.takeOver(
                plan(log, List.of(open(first), open(second)), List.of(), Optional.empty())))
        .isTrue();
    assertThat(heldBy(first.charge())).containsExactly(new Leg(account, 700));
    assertThat(heldBy(second.charge())).containsExactly(new Leg(account, 300));
    assertThat(books.account(account).available()).isZero();
  }

  @Test
  void an_intent_on_an_account_that_is_not_its_users_is_in_doubt_and_holds_nothing() {
    AccountId account = books.money(new UserId(8), 1_000);
    HolderId log = granted(account, 600);
    Intent intent = intent(account, 250);
    Intent nowhere = intent(new AccountId(99_999), 250);
    assertThat(
            register.takeOver(
                plan(log, List.of(open(intent), open(nowhere)), List.of(), Optional.empty())))
        .isTrue();
    assertThat(books.account(account).held()).isZero();
    assertThat(books.number("SELECT count(*) FROM metering.passage")).isEqualTo(2);
  }

  @Test
  void a_loss_is_bounded_by_what_the_leases_had_left_beyond_what_the_log_knows() {
    AccountId account = books.money(Books.USER, 1_000);
    HolderId log = granted(account, 600);
    TakeOver.Loss loss =
        new TakeOver.Loss(Instant.EPOCH, Instant.EPOCH.plusSeconds(1), "another boot");
    TakeOver plan =
        plan(
            log,
            List.of(open(intent(account, 250))),
            List.of(leg(account, 200)),
            Optional.of(loss));
    assertThat(register.takeOver(plan)).isTrue();
    assertThat(
            books.number(
                "SELECT units FROM metering.at_risk r JOIN metering.loss l ON l.log = r.log"
                    + " WHERE r.log = ? AND r.cause = 'loss' AND l.why = 'another boot'",
                log.value()))
        .isEqualTo(150);
  }

  @Test
  void a_log_that_has_ended_holds_nothing() {
    AccountId account = books.money(Books.USER, 1_000);
    HolderId log = granted(account, 600);
    assertThat(
            register.takeOver(plan(log, List.of(), List.of(leg(account, 200)), Optional.empty())))
        .isTrue();
    assertThat(register.end(log.value(), new LogPosition(7, 7), true)).isFalse();
    assertThat(register.end(log.value(), Books.START, true)).isTrue();
    assertThat(register.end(log.value(), Books.START, true)).isFalse();
    assertThat(state(log)).isEqualTo(LogState.ENDED);
    assertThat(books.account(account).held()).isZero();
    assertThat(books.number("SELECT count(*) FROM metering.lease")).isZero();
  }

  @Test
  void what_was_given_up_is_free_listed_as_at_risk_and_answered_as_closed() {
    AccountId account = books.money(Books.USER, 1_000);
    UUID incarnation = UUID.randomUUID();
    HolderId log = granted(books.log(incarnation), account, 600);
    HolderId idle = books.log(incarnation);
    assertThat(leases.list())
        .extracting(DatabaseLeases.HeldLog::units)
        .contains(Map.of("USD", 600L), Map.of());
    assertThat(leases.lost(incarnation))
        .containsExactly(new DatabaseLeases.GivenUp(log.value(), account, 600));
    assertThat(leases.lost(incarnation)).isEmpty();
    assertThat(books.account(account).held()).isZero();
    assertThat(state(log)).isEqualTo(LogState.LOST);
    assertThat(state(idle)).isEqualTo(LogState.LOST);
    assertThat(books.number("SELECT units FROM metering.at_risk WHERE cause = 'given_up'"))
        .isEqualTo(600);
    assertThat(register.end(log.value(), Books.START, false)).isTrue();
    assertThat(books.number("SELECT count(*) FROM metering.at_risk WHERE resolved_at IS NULL"))
        .isZero();
  }

  private HolderId granted(AccountId account, long units) {
    return granted(books.log(), account, units);
  }

  private HolderId granted(HolderId log, AccountId account, long units) {
    Heard heard = new Heard();
    bank.join(log, Runnable::run, heard)
        .operate(new LeaseOperation(log, account, 1, 1, 0, units, units, false));
    assertThat(heard.granted(0).granted()).isEqualTo(units);
    return log;
  }

  private static TakeOver plan(
      HolderId log,
      List<TakeOver.OpenIntent> open,
      List<LogRecord.Leg> unsettled,
      Optional<TakeOver.Loss> loss) {
    return new TakeOver(log.value(), Books.START, open, unsettled, loss);
  }

  private static TakeOver.OpenIntent open(Intent intent) {
    return new TakeOver.OpenIntent(intent, TokenUsage.of(0, 5), intent.legs());
  }

  private static Intent intent(AccountId account, long units) {
    return new Intent(
        ChargeId.create(System.currentTimeMillis(), new SecureRandom()),
        Instant.now(),
        Books.TENANT,
        Books.USER,
        new ApiKeyId(4),
        Protocol.OPENAI,
        "m",
        false,
        Optional.empty(),
        FlatPrices.VERSION,
        TokenUsage.of(10, 20),
        List.of(leg(account, units)));
  }

  private static LogRecord.Leg leg(AccountId account, long units) {
    return new LogRecord.Leg(LegKind.PAYMENT, account, units);
  }

  private List<Leg> heldBy(ChargeId charge) {
    return books.transactions.read(
        transaction -> books.ledger.heldBy(transaction, Books.TENANT, charge.value()));
  }

  private long outstanding(HolderId log) {
    return books.number(
        "SELECT sum(granted - settled) FROM metering.lease WHERE holder = ?", log.value());
  }

  private LogState state(HolderId log) {
    return register.find(log.value()).orElseThrow().state();
  }
}
