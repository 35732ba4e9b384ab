package io.tollgate.trading.engine.risk;

import io.tollgate.trading.engine.risk.RiskOrder.Origin;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** What a rule as it is set finds in an order and the facts. */
sealed interface RuleFinding {
  BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Nothing is against it. */
  record Fine() implements RuleFinding {}

  /** Something is: what was found, and what was expected. */
  record Against(String reason) implements RuleFinding {}

  /** It cannot be told, as this is not known. */
  record Missing(String fact) implements RuleFinding {}

  static RuleFinding of(RuleSetting setting, RiskOrder order, RiskFacts facts) {
    if (!order.intent().enters()) {
      return setting.rule() == RiskRule.KILL_SWITCH ? leaving(setting, order) : new Fine();
    }
    return switch (setting.rule()) {
      case KILL_SWITCH -> new Against("the kill switch is on (expected: off)");
      case MIN_BALANCE -> balance(setting, facts);
      case MAX_POSITION ->
          under("open_positions", facts.openPositions(), setting.whole("max_positions"));
      case MAX_POSITION_VALUE -> value(setting, order);
      case MAX_EXPOSURE -> exposure(setting, order, facts);
      case DAILY_TRADE_LIMIT ->
          under("trades_today", facts.tradesToday(), setting.whole("max_trades"));
      case WEEKLY_TRADE_LIMIT ->
          under("trades_week", facts.tradesThisWeek(), setting.whole("max_trades"));
      case DAILY_LOSS_LIMIT -> loss(setting, facts);
      case MAX_DRAWDOWN -> drawdown(setting, facts);
      case CONSECUTIVE_LOSS_COOLDOWN -> lossesInARow(setting, facts);
      case TRADE_COOLDOWN ->
          past(
              "last_trade_at",
              facts.lastTrade(),
              Duration.ofSeconds(setting.whole("cooldown_seconds")),
              facts.now());
      case SYMBOL_WHITELIST -> whitelist(setting, order);
      case SYMBOL_BLACKLIST -> blacklist(setting, order);
    };
  }

  private static RuleFinding leaving(RuleSetting setting, RiskOrder order) {
    boolean stopped = setting.word("mode").equals("all") && order.origin() == Origin.STRATEGY;
    return against(stopped, "the kill switch is on for all (expected: off, or on for entries)");
  }

  private static RuleFinding balance(RuleSetting setting, RiskFacts facts) {
    BigDecimal least = setting.number("min_balance");
    return known(
        "available",
        facts.available(),
        available ->
            against(
                available.compareTo(least) < 0, told("available", available, "at least ", least)));
  }

  private static RuleFinding value(RuleSetting setting, RiskOrder order) {
    BigDecimal most = setting.number("max_value");
    return known(
        "price",
        order.notional(),
        notional ->
            against(notional.compareTo(most) > 0, told("notional", notional, "at most ", most)));
  }

  private static RuleFinding exposure(RuleSetting setting, RiskOrder order, RiskFacts facts) {
    BigDecimal ofSymbol = setting.number("max_symbol_exposure");
    RuleFinding all = exposure("exposure", facts.exposure(), order, setting.number("max_exposure"));
    return !(all instanceof Fine) || ofSymbol.signum() == 0
        ? all
        : exposure("symbol_exposure", facts.symbolExposure(), order, ofSymbol);
  }

  private static RuleFinding exposure(
      String name, Optional<BigDecimal> open, RiskOrder order, BigDecimal most) {
    return known(
        "price",
        order.notional(),
        notional ->
            known(
                name,
                open,
                now -> {
                  BigDecimal then = now.add(notional);
                  return against(
                      then.compareTo(most) > 0,
                      told(name + " with the order", then, "at most ", most));
                }));
  }

  private static RuleFinding loss(RuleSetting setting, RiskFacts facts) {
    BigDecimal most = setting.number("max_loss");
    return known(
        "loss_today",
        facts.lossToday(),
        lost -> against(lost.compareTo(most) >= 0, told("loss_today", lost, "less than ", most)));
  }

  private static RuleFinding drawdown(RuleSetting setting, RiskFacts facts) {
    BigDecimal most = setting.number("max_drawdown_pct");
    return known(
        "equity",
        facts.equity(),
        equity ->
            known(
                "peak_equity",
                // of nothing there is no share
                facts.peakEquity().filter(peak -> peak.signum() > 0),
                peak ->
                    against(
                        peak.subtract(equity).multiply(HUNDRED).compareTo(peak.multiply(most)) >= 0,
                        told(
                                "equity",
                                equity,
                                "under its peak of " + plain(peak) + " by less than ",
                                most)
                            + " %")));
  }

  private static RuleFinding lossesInARow(RuleSetting setting, RiskFacts facts) {
    long most = setting.whole("max_consecutive");
    if (facts.consecutiveLosses().isEmpty()) {
      return new Missing("consecutive_losses");
    }
    if (facts.consecutiveLosses().getAsLong() < most) {
      return new Fine();
    }
    return facts.lastLoss() instanceof LastTime.Never
        ? new Missing("last_loss_at")
        : past(
            "last_loss_at",
            facts.lastLoss(),
            Duration.ofMinutes(setting.whole("cooldown_minutes")),
            facts.now());
  }

  private static RuleFinding past(String name, LastTime last, Duration cooldown, Instant now) {
    return switch (last) {
      case LastTime.Unknown() -> new Missing(name);
      case LastTime.Never() -> new Fine();
      case LastTime.At(Instant time) ->
          against(
              now.isBefore(time.plus(cooldown)),
              name + ": " + time + " (expected: " + cooldown.toSeconds() + " s ago or longer)");
    };
  }

  private static RuleFinding under(String name, OptionalLong count, long most) {
    return count.isEmpty()
        ? new Missing(name)
        : against(
            count.getAsLong() >= most,
            name + ": " + count.getAsLong() + " (expected: less than " + most + ")");
  }

  private static RuleFinding whitelist(RuleSetting setting, RiskOrder order) {
    return against(
        !isIn(setting.words("symbols"), order.symbol()),
        "symbol: " + order.symbol() + " (expected: one of the whitelist)");
  }

  private static RuleFinding blacklist(RuleSetting setting, RiskOrder order) {
    return against(
        isIn(setting.words("symbols"), order.symbol()),
        "symbol: " + order.symbol() + " (expected: none of the blacklist)");
  }

  private static boolean isIn(List<String> symbols, String symbol) {
    return symbols.stream().map(PairName::of).anyMatch(PairName.of(symbol)::equals);
  }

  private static <T> RuleFinding known(
      String fact, Optional<T> value, Function<T, RuleFinding> finding) {
    return value.map(finding).orElseGet(() -> new Missing(fact));
  }

  private static RuleFinding against(boolean broken, String reason) {
    return broken ? new Against(reason) : new Fine();
  }

  private static String told(String name, BigDecimal found, String expected, BigDecimal bound) {
    return name + ": " + plain(found) + " (expected: " + expected + plain(bound) + ")";
  }

  private static String plain(BigDecimal value) {
    return value.toPlainString();
  }
}
