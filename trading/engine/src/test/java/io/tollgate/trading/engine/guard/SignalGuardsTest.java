package io.tollgate.trading.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.trading.engine.guard.GuardVerdict.Code;
import io.tollgate.trading.exchange.Side;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignalGuardsTest {
  private static final Instant CLOSED = Instant.parse("2026-03-04T12:00:00Z");
  private static final GuardVerdict PASSED = new GuardVerdict.Passed();

  private final SignalGuards guards =
      new SignalGuards(Duration.ofSeconds(120), new BigDecimal("0.5"));

  @Test
  void confidence_is_at_least_what_is_asked_for() {
    assertThat(judge(signal(Side.BUY, "60"), 60, "50000", 0)).isEqualTo(PASSED);
    assertThat(judge(signal(Side.BUY, "59.999"), 60, "50000", 0))
        .isEqualTo(
            new GuardVerdict.Rejected(
                Code.RISK_LOW_CONFIDENCE, "confidence: 59.999 (expected: at least 60)"));
    assertThat(judge(signal(Side.BUY, ""), 0, "50000", 0)).isEqualTo(PASSED);
    assertThat(code(judge(signal(Side.BUY, ""), 1, "50000", 0)))
        .isEqualTo(Code.RISK_LOW_CONFIDENCE);
  }

  @Test
  void a_signal_is_good_for_two_minutes_after_its_bar() {
    assertThat(judge(signal(Side.BUY, "80"), 50, "50000", 120_000)).isEqualTo(PASSED);
    assertThat(judge(signal(Side.BUY, "80"), 50, "50000", 120_001))
        .isEqualTo(
            new GuardVerdict.Rejected(
                Code.RISK_SIGNAL_STALE, "age: 120 s (expected: at most 120 s)"));
  }

  @Test
  void the_price_is_within_half_a_percent_of_the_entry_either_way() {
    for (String price : new String[] {"50250", "49750"}) {
      assertThat(judge(signal(Side.BUY, "80"), 50, price, 0)).as(price).isEqualTo(PASSED);
    }
    for (String price : new String[] {"50250.00000001", "49749.99999999"}) {
      assertThat(code(judge(signal(Side.BUY, "80"), 50, price, 0)))
          .as(price)
          .isEqualTo(Code.RISK_PRICE_DRIFT);
    }
  }

  @Test
  void a_stop_or_target_that_is_passed_already_is_a_drift_however_near() {
    GuardedSignal buy = levels(Side.BUY, "49900", "50100");
    GuardedSignal sell = levels(Side.SELL, "50100", "49900");
    for (GuardedSignal each : new GuardedSignal[] {buy, sell}) {
      for (String price : new String[] {"49900.1", "50000", "50099.9"}) {
        assertThat(judge(each, 50, price, 0)).as(price).isEqualTo(PASSED);
      }
      for (String price : new String[] {"49900", "49899", "50100", "50101"}) {
        assertThat(code(judge(each, 50, price, 0))).as(price).isEqualTo(Code.RISK_PRICE_DRIFT);
      }
    }
    assertThat(judge(buy, 50, "50100", 0).toString())
        .contains("price: 50100 (expected: not past the target at 50100)");
    assertThat(judge(sell, 50, "50100", 0).toString())
        .contains("price: 50100 (expected: not past the stop at 50100)");
  }

  @Test
  void without_a_price_nothing_passes() {
    assertThat(code(guards.judge(signal(Side.BUY, "80"), 50, Optional.empty(), CLOSED)))
        .isEqualTo(Code.RISK_ERROR);
  }

  @Test
  void an_entry_at_nothing_is_refused() {
    assertThatThrownBy(
            () ->
                new GuardedSignal(
                    Side.BUY,
                    BigDecimal.ZERO,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    CLOSED))
        .hasMessage("entry: 0 (expected: more than 0)");
  }

  @Test
  void a_cooldown_is_the_longest_of_three() {
    Duration hour = Duration.ofHours(1);
    // 10 minutes into a bar: 50 and half a bar are 80
    assertThat(SignalCooldown.until(CLOSED.plusSeconds(600), hour, Duration.ZERO))
        .isEqualTo("2026-03-04T13:30:00Z");
    // 40 minutes into it: 20 and half a bar are less than one bar
    assertThat(SignalCooldown.until(CLOSED.plusSeconds(2_400), hour, Duration.ZERO))
        .isEqualTo("2026-03-04T13:40:00Z");
    assertThat(SignalCooldown.until(CLOSED.plusSeconds(600), hour, Duration.ofMinutes(81)))
        .isEqualTo("2026-03-04T13:31:00Z");
    assertThat(SignalCooldown.until(CLOSED, hour, Duration.ofMinutes(60)))
        .as("at the very close, all of the next bar is to come")
        .isEqualTo("2026-03-04T13:30:00Z");
  }

  private GuardVerdict judge(GuardedSignal signal, int least, String price, long ageMs) {
    return guards.judge(
        signal, least, Optional.of(new BigDecimal(price)), CLOSED.plusMillis(ageMs));
  }

  private static Code code(GuardVerdict verdict) {
    return ((GuardVerdict.Rejected) verdict).code();
  }

  private static GuardedSignal signal(Side side, String confidence) {
    return new GuardedSignal(
        side,
        new BigDecimal("50000"),
        Optional.empty(),
        Optional.empty(),
        confidence.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(confidence)),
        CLOSED);
  }

  private static GuardedSignal levels(Side side, String stop, String target) {
    return new GuardedSignal(
        side,
        new BigDecimal("50000"),
        Optional.of(new BigDecimal(stop)),
        Optional.of(new BigDecimal(target)),
        Optional.of(new BigDecimal("80")),
        CLOSED);
  }
}
