package io.tollgate.trading.engine.risk;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rules, in the order in which they are checked. */
public enum RiskRule {
  KILL_SWITCH(
      "Nothing is entered; with mode all, strategies close nothing either",
      Severity.CRITICAL,
      false,
      "RISK_KILL_SWITCH",
      RiskParameter.choice("mode", "entries", "entries", "all")),
  MIN_BALANCE(
      "So many USDT must be available",
      Severity.CRITICAL,
      true,
      "RISK_INSUFFICIENT_BALANCE",
      RiskParameter.usdt("min_balance", 100)),
  MAX_POSITION(
      "So many positions at most are open",
      Severity.ERROR,
      true,
      "RISK_MAX_POSITION",
      RiskParameter.count("max_positions", 10, 0)),
  MAX_POSITION_VALUE(
      "So many USDT at most are the notional of an order",
      Severity.ERROR,
      false,
      "RISK_MAX_POSITION_VALUE",
      RiskParameter.usdt("max_value", 10_000)),
  MAX_EXPOSURE(
      "So many USDT at most are open with the order, in all and of its symbol; 0 of a symbol: any",
      Severity.ERROR,
      false,
      "RISK_MAX_EXPOSURE",
      RiskParameter.usdt("max_exposure", 50_000),
      RiskParameter.usdt("max_symbol_exposure", 0)),
  DAILY_TRADE_LIMIT(
      "So many trades at most are made in a day (UTC)",
      Severity.WARNING,
      true,
      "RISK_DAILY_TRADE_LIMIT",
      RiskParameter.count("max_trades", 100, 0)),
  WEEKLY_TRADE_LIMIT(
      "So many trades at most are made in a week (ISO, UTC)",
      Severity.WARNING,
      false,
      "RISK_WEEKLY_TRADE_LIMIT",
      RiskParameter.count("max_trades", 500, 0)),
  DAILY_LOSS_LIMIT(
      "Less than so many USDT are lost in a day (UTC), open losses included",
      Severity.CRITICAL,
      true,
      "RISK_DAILY_LOSS_LIMIT",
      RiskParameter.usdt("max_loss", 1_000)),
  MAX_DRAWDOWN(
      "Equity is under its peak by less than so many percent",
      Severity.CRITICAL,
      false,
      "RISK_MAX_DRAWDOWN",
      RiskParameter.percent("max_drawdown_pct", 20)),
  CONSECUTIVE_LOSS_COOLDOWN(
      "After so many losses in a row nothing is entered for so many minutes",
      Severity.WARNING,
      true,
      "RISK_CONSECUTIVE_LOSS",
      RiskParameter.count("max_consecutive", 5, 1),
      RiskParameter.count("cooldown_minutes", 30, 0)),
  TRADE_COOLDOWN(
      "So many seconds are between two trades",
      Severity.WARNING,
      false,
      "RISK_TRADE_COOLDOWN",
      RiskParameter.count("cooldown_seconds", 60, 0)),
  SYMBOL_WHITELIST(
      "Only these symbols are traded",
      Severity.ERROR,
      false,
      "RISK_SYMBOL_NOT_ALLOWED",
      RiskParameter.symbols("symbols")),
  SYMBOL_BLACKLIST(
      "These symbols are not traded",
      Severity.ERROR,
      false,
      "RISK_SYMBOL_BLOCKED",
      RiskParameter.symbols("symbols"));

  private final String description;
  private final Severity severity;
  private final boolean usuallyOn;
  private final String rejectCode;
  private final List<RiskParameter> parameters;

  RiskRule(
      String description,
      Severity severity,
      boolean usuallyOn,
      String rejectCode,
      RiskParameter... parameters) {
    this.description = requireNonNull(description, "description is null");
    this.severity = requireNonNull(severity, "severity is null");
    this.usuallyOn = usuallyOn;
    this.rejectCode = requireNonNull(rejectCode, "rejectCode is null");
    this.parameters = List.of(parameters);
  }

  /** How bad it is when it rejects. */
  public enum Severity {
    WARNING,
    ERROR,
    CRITICAL;

    /** As interfaces write it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** As interfaces write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String description() {
    return description;
  }

  public Severity severity() {
    return severity;
  }

  /** Whether it is on for the platform while nothing is set. */
  public boolean usuallyOn() {
    return usuallyOn;
  }

  /** What a rejection by it is told as. */
  public String rejectCode() {
    return rejectCode;
  }

  /** What can be set of it. */
  public List<RiskParameter> parameters() {
    return parameters;
  }

  Optional<RiskParameter> parameter(String name) {
    return parameters.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /**
   * The rule of a name.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when there is none
   */
  static RiskRule of(String name) {
    for (RiskRule rule : values()) {
      if (rule.code().equals(name)) {
        return rule;
      }
    }
    throw GivenText.refused(
        "rules", name, String.join(", ", List.of(values()).stream().map(RiskRule::code).toList()));
  }
}
