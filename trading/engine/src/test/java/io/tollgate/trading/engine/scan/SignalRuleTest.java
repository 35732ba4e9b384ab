package io.tollgate.trading.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.engine.execution.SignalDraft;
import io.tollgate.trading.engine.risk.RiskOrder.Intent;
import io.tollgate.trading.engine.scan.Heard.Signalled;
import io.tollgate.trading.engine.scan.Heard.Silent;
import io.tollgate.trading.engine.scan.Heard.Why;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.strategies.Bar;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.SignalType;
import io.tollgate.trading.strategies.StrategyCatalogue;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyOutput;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SignalRuleTest {
  private static final Instant OPENED = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant CLOSED = Instant.parse("2026-03-01T11:00:00Z");
  private static final StrategyKind KIND = StrategyCatalogue.require("strategy", "ma_cross");
  private static final ScanSubject SUBJECT =
      new ScanSubject(
          7,
          "cross",
          KIND,
          KIND.settings(Map.of()),
          Exchange.BINANCE,
          MarketType.FUTURE,
          Symbol.of("BTC/USDT"),
          Timeframe.ONE_HOUR,
          Duration.ofMinutes(200));
  private static final SignalRule RULE = new SignalRule(Duration.ofSeconds(120));

  @Test
  void an_opening_is_a_signal_of_the_bars_close_with_exact_prices() {
    SignalDraft draft = only(said(SignalType.OPEN, Optional.of(SignalSide.BUY), Map.of()));
    assertThat(draft.strategy()).isEqualTo(7);
    assertThat(draft.side()).isEqualTo(Side.BUY);
    assertThat(draft.intent()).isEqualTo(Intent.OPEN);
    assertThat(draft.barClosed()).isEqualTo(CLOSED);
    assertThat(draft.entry()).contains(new BigDecimal("100.1"));
    assertThat(draft.levels().stop()).contains(new BigDecimal("99.3"));
    assertThat(draft.levels().target()).contains(new BigDecimal("101.7"));
    assertThat(draft.confidence()).contains(new BigDecimal("66.6667"));
  }

  @Test
  void a_hedge_is_two_openings_with_levels_of_their_own() {
    List<SignalDraft> drafts =
        drafts(
            said(
                SignalType.HEDGE,
                Optional.empty(),
                Map.of(
                    StrategyOutput.LONG_STOP_LOSS,
                    90.0,
                    StrategyOutput.LONG_TAKE_PROFIT,
                    110.0,
                    StrategyOutput.SHORT_STOP_LOSS,
                    111.0)));
    assertThat(drafts).extracting(SignalDraft::side).containsExactly(Side.BUY, Side.SELL);
    assertThat(drafts).extracting(SignalDraft::intent).containsOnly(Intent.OPEN);
    assertThat(drafts.getFirst().levels().stop()).contains(new BigDecimal("90.0"));
    assertThat(drafts.getLast().levels().stop()).contains(new BigDecimal("111.0"));
    assertThat(drafts.getLast().levels().target()).isEmpty();
  }

  @Test
  void a_close_without_a_side_ends_both_and_is_neither_late_nor_held_back() {
    Said close = said(SignalType.CLOSE, Optional.empty(), Map.of());
    Heard heard =
        RULE.judge(
            SUBJECT, close, Optional.of(CLOSED.plusSeconds(1)), CLOSED.plus(Duration.ofDays(3)));
    assertThat(heard).isInstanceOf(Signalled.class);
    assertThat(((Signalled) heard).drafts())
        .extracting(SignalDraft::side)
        .containsExactly(Side.SELL, Side.BUY);
    assertThat(((Signalled) heard).drafts())
        .extracting(SignalDraft::intent)
        .containsOnly(Intent.CLOSE);
  }

  @Test
  void what_enters_is_late_after_the_longest_age() {
    Said open = said(SignalType.OPEN, Optional.of(SignalSide.SELL), Map.of());
    assertThat(RULE.judge(SUBJECT, open, Optional.empty(), CLOSED.plusSeconds(120)))
        .isInstanceOf(Signalled.class);
    assertThat(RULE.judge(SUBJECT, open, Optional.empty(), CLOSED.plusMillis(120_001)))
        .isEqualTo(new Silent(Why.LATE));
  }

  @Test
  void what_enters_is_held_back_until_the_cool_down_is_over() {
    Said open = said(SignalType.ADD, Optional.of(SignalSide.SELL), Map.of());
    assertThat(RULE.judge(SUBJECT, open, Optional.of(CLOSED.plusMillis(1)), CLOSED))
        .isEqualTo(new Silent(Why.COOLING));
    assertThat(RULE.judge(SUBJECT, open, Optional.of(CLOSED), CLOSED))
        .isInstanceOf(Signalled.class);
    assertThat(SignalRule.coolingUntil(SUBJECT, open)).isEqualTo(CLOSED.plusSeconds(200 * 60));
  }

  @Test
  void what_wants_nothing_and_what_waits_for_a_price_is_no_signal() {
    assertThat(
            RULE.judge(
                SUBJECT,
                said(SignalType.HOLD, Optional.of(SignalSide.BUY), Map.of()),
                Optional.empty(),
                CLOSED))
        .isEqualTo(new Silent(Why.NOTHING));
    assertThat(
            RULE.judge(
                SUBJECT,
                said(
                    SignalType.OPEN,
                    Optional.of(SignalSide.BUY),
                    Map.of(StrategyOutput.RETEST_BARS, 20.0)),
                Optional.empty(),
                CLOSED))
        .isEqualTo(new Silent(Why.LIMIT_ORDER));
  }

  private static SignalDraft only(Said said) {
    assertThat(drafts(said)).hasSize(1);
    return drafts(said).getFirst();
  }

  private static List<SignalDraft> drafts(Said said) {
    Heard heard = RULE.judge(SUBJECT, said, Optional.empty(), CLOSED);
    assertThat(heard).isInstanceOf(Signalled.class);
    return ((Signalled) heard).drafts();
  }

  private static Said said(
      SignalType type, Optional<SignalSide> side, Map<String, Double> indicators) {
    return new Said(
        new Bar(OPENED.toEpochMilli(), 99, 101, 98, 100.1, 1),
        new StrategyOutput(
            "BTC/USDT",
            type,
            side,
            OptionalDouble.of(100.1),
            OptionalDouble.of(99.3),
            OptionalDouble.of(101.7),
            OptionalDouble.of(200 / 3.0),
            "why",
            indicators));
  }
}
