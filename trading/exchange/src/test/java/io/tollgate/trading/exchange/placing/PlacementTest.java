package io.tollgate.trading.exchange.placing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.OrderStatus;
import io.tollgate.trading.exchange.Orders;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Outcome.Banned;
import io.tollgate.trading.exchange.Outcome.ClockSkew;
import io.tollgate.trading.exchange.Outcome.Duplicate;
import io.tollgate.trading.exchange.Outcome.RateLimited;
import io.tollgate.trading.exchange.Outcome.Rejected;
import io.tollgate.trading.exchange.Outcome.SurelyNotDone;
import io.tollgate.trading.exchange.Outcome.Unknown;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Rejection;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.placing.PlacementResult.NotPlaced;
import io.tollgate.trading.exchange.placing.PlacementResult.Placed;
import io.tollgate.trading.exchange.placing.PlacementResult.Refused;
import io.tollgate.trading.exchange.placing.PlacementResult.Unconfirmed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** An exchange that is told what to answer, and time that passes only where somebody waits. */
final class PlacementTest {
  private static final Symbol BTC = Symbol.of("BTC/USDT");
  private static final OrderRequest ORDER =
      OrderRequest.market(
          ClientOrderId.ofTask("task-1"), BTC, Side.BUY, BigDecimal.ONE, PositionSide.NONE);
  private static final OrderState STATE =
      new OrderState(
          Optional.of(ORDER.id()),
          "17",
          BTC,
          Side.BUY,
          OrderStatus.FILLED,
          BigDecimal.ONE,
          BigDecimal.ONE,
          Optional.of(BigDecimal.TEN),
          Instant.EPOCH);
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private final Told told = new Told();
  private final List<String> log = new ArrayList<>();
  private final OrderPlacement placement =
      new OrderPlacement(
          told,
          intent -> log.add("sending until " + intent.voidAfter()),
          PlacementRules.USUAL,
          told);

  @Test
  void an_answered_order_is_placed_after_it_was_written_down() {
    told.answers.add(new Accepted<>(STATE));
    assertThat(placement.place(ORDER)).isEqualTo(new Placed(STATE));
    assertThat(log).containsExactly("sending until 2026-03-01T00:00:05Z", "placed");
  }

  @Test
  void an_order_without_an_answer_that_is_there_is_not_sent_again() {
    told.answers.add(new Unknown<>("timeout"));
    told.looks.add(new Accepted<>(new Orders.Trace.Found(STATE)));
    assertThat(placement.place(ORDER)).isEqualTo(new Placed(STATE));
    assertThat(log).filteredOn("placed"::equals).hasSize(1);
  }

  @Test
  void one_that_shows_late_is_waited_for() {
    told.answers.add(new Unknown<>("timeout"));
    told.visibleFrom = START.plusSeconds(4);
    assertThat(placement.place(ORDER)).isEqualTo(new Placed(STATE));
    assertThat(log).filteredOn("placed"::equals).hasSize(1);
  }

  @Test
  void one_that_is_absent_is_sent_again_only_after_two_looks_a_second_apart_past_its_window() {
    told.answers.add(new Unknown<>("timeout"));
    told.answers.add(new Accepted<>(STATE));
    assertThat(placement.place(ORDER)).isEqualTo(new Placed(STATE));
    assertThat(told.lookedAt).hasSizeGreaterThanOrEqualTo(2);
    Instant last = told.lookedAt.getLast();
    Instant before = told.lookedAt.get(told.lookedAt.size() - 2);
    assertThat(before).isAfter(START.plusSeconds(5));
    assertThat(Duration.between(before, last)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(told.sentAt.get(1)).isAfterOrEqualTo(last);
  }

  @Test
  void an_exchange_whose_clock_jumps_ahead_proves_nothing_before_as_much_time_has_passed_here() {
    told.answers.add(new Unknown<>("timeout"));
    told.answers.add(new Accepted<>(STATE));
    told.jump = Duration.ofHours(1);
    assertThat(placement.place(ORDER)).isEqualTo(new Placed(STATE));
    assertThat(told.sentAt.get(1)).isAfterOrEqualTo(START.plusSeconds(6));
  }

  @Test
  void looks_that_fail_prove_nothing() {
    told.answers.add(new Unknown<>("timeout"));
    told.alwaysLook = Optional.of(new Unknown<>("no answer"));
    assertThat(placement.place(ORDER)).isInstanceOf(Unconfirmed.class);
    assertThat(told.sentAt).hasSize(1);
  }

  @Test
  void a_duplicate_is_never_sent_again_even_where_the_exchange_does_not_show_it() {
    told.answers.add(new Duplicate<>("-4116"));
    assertThat(placement.place(ORDER)).isInstanceOf(Unconfirmed.class);
    assertThat(told.sentAt).hasSize(1);
    told.answers.add(new Duplicate<>("-4116"));
    told.looks.add(new Accepted<>(new Orders.Trace.Found(STATE)));
    assertThat(placement.place(ORDER)).isEqualTo(new Placed(STATE));
  }

  @Test
  void a_refusal_is_final() {
    told.answers.add(new Rejected<>(Rejection.MIN_NOTIONAL, "-4164"));
    assertThat(placement.place(ORDER)).isEqualTo(new Refused(Rejection.MIN_NOTIONAL, "-4164"));
  }

  @Test
  void what_was_surely_not_done_is_sent_again_a_bounded_number_of_times() {
    for (int i = 0; i < 5; i++) {
      told.answers.add(new SurelyNotDone<>("-1008"));
    }
    assertThat(placement.place(ORDER)).isEqualTo(new NotPlaced("NOT_SENT", "-1008"));
    assertThat(told.sentAt).hasSize(3);
  }

  @Test
  void the_exchange_is_left_alone_as_long_as_it_says() {
    told.answers.add(new RateLimited<>(Duration.ofSeconds(7), "429"));
    told.answers.add(new Accepted<>(STATE));
    assertThat(placement.place(ORDER)).isEqualTo(new Placed(STATE));
    assertThat(told.sentAt.get(1)).isEqualTo(START.plusSeconds(7));
  }

  @Test
  void an_order_does_not_wait_for_a_ban_that_ends_too_late() {
    told.answers.add(new Banned<>(Duration.ofMinutes(2), "418"));
    assertThat(placement.place(ORDER)).isEqualTo(new NotPlaced("BANNED", "418"));
    assertThat(told.now()).isEqualTo(START);
  }

  @Test
  void the_clock_is_put_right_once() {
    told.answers.add(new ClockSkew<>("-1021"));
    told.answers.add(new Accepted<>(STATE));
    assertThat(placement.place(ORDER)).isEqualTo(new Placed(STATE));
    assertThat(log).contains("asked the time");
    told.answers.add(new ClockSkew<>("-1021"));
    told.answers.add(new ClockSkew<>("-1021"));
    assertThat(placement.place(ORDER)).isEqualTo(new NotPlaced("CLOCK_SKEW", "-1021"));
  }

  @Test
  void after_a_restart_an_order_is_looked_for_before_anything_is_sent() {
    Intent intent = new Intent(ORDER, START.minusSeconds(2), START.plusSeconds(3));
    told.looks.add(new Accepted<>(new Orders.Trace.Found(STATE)));
    assertThat(placement.resume(intent)).isEqualTo(new Placed(STATE));
    assertThat(log).doesNotContain("placed");
    told.answers.add(new Accepted<>(STATE));
    assertThat(placement.resume(intent)).isEqualTo(new Placed(STATE));
    assertThat(told.sentAt.getFirst()).isAfter(START.plusSeconds(4));
  }

  private final class Told implements Orders, Pace {
    private final Queue<Outcome<OrderState>> answers = new ArrayDeque<>();
    private final Queue<Outcome<Trace>> looks = new ArrayDeque<>();
    private final List<Instant> sentAt = new ArrayList<>();
    private final List<Instant> lookedAt = new ArrayList<>();
    private Optional<Outcome<Trace>> alwaysLook = Optional.empty();
    private Instant visibleFrom = Instant.MAX;
    private Duration passed = Duration.ZERO;
    private Duration jump = Duration.ZERO;

    private Instant now() {
      return START.plus(passed);
    }

    @Override
    public Duration elapsed() {
      return passed;
    }

    @Override
    public void pause(Duration length) {
      passed = passed.plus(length);
    }

    @Override
    public Duration window() {
      return Duration.ofSeconds(5);
    }

    @Override
    public Instant exchangeTime() {
      return now();
    }

    @Override
    public Outcome<Instant> askTime() {
      log.add("asked the time");
      return new Accepted<>(now());
    }

    @Override
    public Outcome<OrderState> place(OrderRequest order, Instant voidAfter) {
      log.add("placed");
      sentAt.add(now());
      return answers.remove();
    }

    @Override
    public Outcome<Trace> trace(OrderRequest order, Instant since) {
      lookedAt.add(now());
      if (!looks.isEmpty()) {
        return looks.remove();
      }
      return alwaysLook.orElseGet(
          () ->
              new Accepted<>(
                  now().isBefore(visibleFrom)
                      ? new Trace.NotSeen(now().plus(jump))
                      : new Trace.Found(STATE)));
    }

    @Override
    public Outcome<OrderState> find(Symbol symbol, ClientOrderId id) {
      throw new IllegalStateException("not asked here");
    }

    @Override
    public Outcome<OrderState> cancel(Symbol symbol, ClientOrderId id) {
      throw new IllegalStateException("not asked here");
    }

    @Override
    public Outcome<List<OrderState>> open(Symbol symbol) {
      throw new IllegalStateException("not asked here");
    }

    @Override
    public Outcome<List<Fill>> fills(Symbol symbol, Optional<String> after, Instant since) {
      throw new IllegalStateException("not asked here");
    }
  }
}
