package io.tollgate.trading.engine.risk;

import io.tollgate.trading.engine.risk.RiskOrder.Intent;
import io.tollgate.trading.engine.risk.RiskOrder.Origin;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An account that nothing is wrong with, and rules that are set one by one. */
final class RiskSamples {
  static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");

  private RiskSamples() {}

  /** Within all usual settings, by far. */
  static RiskFacts.Builder sound() {
    return RiskFacts.at(NOW)
        .available(dec("5000"))
        .openPositions(0)
        .exposure(dec("0"))
        .symbolExposure(dec("0"))
        .tradesToday(0)
        .tradesThisWeek(0)
        .lossToday(dec("0"))
        .consecutiveLosses(0)
        .lastLoss(new LastTime.Never())
        .lastTrade(new LastTime.Never())
        .equity(dec("5000"))
        .peakEquity(dec("5000"));
  }

  static RiskFacts facts(UnaryOperator<RiskFacts.Builder> change) {
    return change.apply(sound()).build();
  }

  static RiskOrder order(Intent intent, Origin origin) {
    return new RiskOrder("BTC/USDT", intent, origin, Optional.of(dec("1000")));
  }

  static RiskOrder entry() {
    return order(Intent.OPEN, Origin.STRATEGY);
  }

  /** A rule that is on with this parameter, and nothing else. */
  static RiskRules only(RiskRule rule, String parameter, Object value) {
    RiskValue set =
        switch (value) {
          case String word when rule == RiskRule.KILL_SWITCH -> new RiskValue.Word(word);
          case List<?> words -> new RiskValue.Words(words.stream().map(String::valueOf).toList());
          default -> new RiskValue.Number(dec(value.toString()));
        };
    return RiskRules.NONE.merged(
        Map.of(rule.code(), new RuleSetting.Change(Optional.of(true), Map.of(parameter, set))));
  }

  static RiskVerdict judge(RiskRules rules, RiskOrder order, RiskFacts facts) {
    return new RiskCheck(rules, RiskRules.NONE, RiskRules.NONE).judge(order, facts);
  }

  /** What it is rejected as; empty: it passes. */
  static String code(RiskVerdict verdict) {
    return switch (verdict) {
      case RiskVerdict.Passed() -> "";
      case RiskVerdict.Rejected rejected -> rejected.code();
    };
  }

  static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }
}
