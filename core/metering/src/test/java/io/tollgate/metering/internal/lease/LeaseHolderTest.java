package io.tollgate.metering.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Leg;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LeaseHolderTest {
  private static final AccountId QUOTA = new AccountId(1);
  private static final AccountId MONEY = new AccountId(2);
  private static final AccountId LIMIT = new AccountId(3);
  private static final long MS = 1_000_000L;

  private final HolderId incarnation = new HolderId(new UUID(1, 1));
  private final LeaseLedger ledger = new LeaseLedger(LeaseRule.all());
  private final ArrayDeque<LeaseOperation> sent = new ArrayDeque<>();
  private final List<Reservation> made = new ArrayList<>();
  private final List<ReservationListener.Cause> refusals = new ArrayList<>();
  private final LeaseHolder holder =
      new LeaseHolder(
          incarnation, new Post(), new Random(1), LeaseTerms.standard(Duration.ofMinutes(2)));
  private int operations;
  private long now = MS;

  LeaseHolderTest() {
    ledger.open(incarnation);
  }

  @Test
  void hot_account_asks_the_bank_at_most_four_times_a_second_once_its_rate_is_known() {
    ledger.credit(MONEY, 1_000_000);
    for (int request = 0; request < 10_000; request++) {
      if (request == 1_000) {
        operations = 0;
      }
      now += MS;
      reserve(new LegPlan(List.of(), List.of(MONEY), 10));
      deliver();
      holder.spend(made.getLast(), 8, now);
      if (request % 10 == 0) {
        holder.tick(now);
        deliver();
      }
    }
    assertThat(made).hasSize(10_000);
    assertThat(operations).as("in nine seconds").isLessThan(36);
  }

  @Test
  void quota_is_used_up_before_money_and_the_limit_takes_the_full_price() {
    ledger.credit(QUOTA, 30);
    ledger.credit(MONEY, 100);
    ledger.credit(LIMIT, 1_000);
    reserve(new LegPlan(List.of(LIMIT), List.of(QUOTA, MONEY), 50));
    deliver();
    assertThat(made).hasSize(1);
    assertThat(made.getFirst().limits()).containsExactly(new Leg(LIMIT, 50));
    assertThat(made.getFirst().payment()).containsExactly(new Leg(QUOTA, 30), new Leg(MONEY, 20));
  }

  @Test
  void settling_uses_the_legs_in_order_and_reports_what_goes_beyond() {
    ledger.credit(QUOTA, 30);
    ledger.credit(MONEY, 100);
    reserve(new LegPlan(List.of(), List.of(QUOTA, MONEY), 50));
    deliver();
    assertThat(holder.spend(made.getFirst(), 57, now)).isEqualTo(7);
    assertThat(holder.position(QUOTA).used()).isEqualTo(30);
    assertThat(holder.position(MONEY).used()).isEqualTo(20);
    assertThat(holder.spend(made.getFirst(), 57, now)).as("a second time").isZero();
    assertThat(holder.position(MONEY).used()).isEqualTo(20);
  }

  @Test
  void refusal_for_lack_of_means_comes_at_once_and_leaves_nothing_reserved() {
    ledger.credit(QUOTA, 30);
    ledger.credit(MONEY, 10);
    reserve(new LegPlan(List.of(), List.of(QUOTA, MONEY), 50));
    deliver();
    assertThat(refusals).containsExactly(ReservationListener.Cause.NO_MEANS);
    assertThat(holder.position(QUOTA).reserved()).isZero();
    assertThat(ledger.standing(QUOTA).available()).isEqualTo(30);
    assertThat(ledger.standing(MONEY).available()).isEqualTo(10);
  }

  @Test
  void lost_operation_is_sent_again_and_a_silent_bank_refuses_at_the_deadline() {
    ledger.credit(MONEY, 100);
    reserve(new LegPlan(List.of(), List.of(MONEY), 50));
    LeaseOperation first = sent.remove();
    now += 100 * MS;
    holder.tick(now);
    assertThat(sent.remove()).isEqualTo(first);
    now += 1_899 * MS;
    holder.tick(now);
    assertThat(refusals).isEmpty();
    now += MS;
    holder.tick(now);
    assertThat(refusals).containsExactly(ReservationListener.Cause.NO_ANSWER);
  }

  @Test
  void operation_of_another_process_under_our_name_stops_us() {
    ledger.credit(MONEY, 100);
    ledger.operate(new LeaseOperation(incarnation, MONEY, 1, 99, 0, 40, 0, false), now);
    reserve(new LegPlan(List.of(), List.of(MONEY), 10));
    deliver();
    assertThat(holder.isClosed()).isTrue();
    assertThat(ledger.isOpen(incarnation)).isFalse();
    assertThat(refusals).containsExactly(ReservationListener.Cause.CLOSED);
    assertThat(ledger.standing(MONEY).held()).as("kept until recovered").isEqualTo(40);
  }

  @Test
  void incarnation_given_up_goes_into_debt_at_most_by_what_was_at_risk() {
    ledger.credit(MONEY, 50);
    reserve(new LegPlan(List.of(), List.of(MONEY), 50));
    deliver();
    assertThat(ledger.lost(incarnation)).containsEntry(MONEY, 50L);
    HolderId other = new HolderId(new UUID(1, 2));
    ledger.open(other);
    ledger.operate(new LeaseOperation(other, MONEY, 1, 7, 0, 50, 50, false), now);
    ledger.settle(other, MONEY, 50);
    holder.spend(made.getFirst(), 45, now);
    ledger.settle(incarnation, MONEY, 45);
    assertThat(ledger.standing(MONEY).owed()).isEqualTo(45);
    ledger.credit(MONEY, 60);
    assertThat(ledger.standing(MONEY).available()).as("debt is paid first").isEqualTo(15);
  }

  private void reserve(LegPlan plan) {
    holder.reserve(
        plan,
        new ReservationListener() {
          @Override
          public void reserved(Reservation reservation) {
            made.add(reservation);
          }

          @Override
          public void refused(Cause cause) {
            refusals.add(cause);
          }
        },
        now);
  }

  private void deliver() {
    while (!sent.isEmpty()) {
      holder.answered(ledger.operate(sent.remove(), now).answer(), now);
    }
  }

  private final class Post implements LeaseBank {
    @Override
    public void operate(LeaseOperation operation) {
      operations++;
      sent.add(operation);
    }

    @Override
    public void compare(HolderId asked, long number) {
      holder.compared(ledger.compare(asked, number), now);
    }

    @Override
    public void forked(HolderId forked) {
      ledger.close(forked);
    }
  }
}
