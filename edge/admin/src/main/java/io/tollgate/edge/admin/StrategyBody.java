package io.tollgate.edge.admin;

import io.tollgate.ground.GivenText;
import io.tollgate.trading.engine.RiskMode;
import io.tollgate.trading.engine.Strategy.Display;
import io.tollgate.trading.engine.Strategy.Rules;
import io.tollgate.trading.engine.Strategy.Sheet;
import io.tollgate.trading.engine.Strategy.Terms;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.web.JsonFields;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** What a body says of a strategy; what it does not name stays as it is. */
final class StrategyBody implements UnaryOperator<Sheet> {
  /** Of a strategy of which nothing is said but its code and name. */
  private static final Sheet USUAL =
      Sheet.of(
          new Terms(
              "code",
              "name",
              "",
              "BTC/USDT",
              "1h",
              Optional.empty(),
              BigDecimal.valueOf(200),
              BigDecimal.ZERO,
              20,
              RiskMode.STEADY));

  private static final int MOST_SYMBOLS = 100;

  private final Optional<String> code;
  private final Optional<String> name;
  private final Optional<String> description;
  private final Optional<String> symbol;
  private final Optional<List<String>> symbols;
  private final Optional<String> timeframe;
  private final Optional<Optional<Exchange>> exchange;
  private final Optional<MarketType> market;
  private final Optional<BigDecimal> minCapital;
  private final Optional<BigDecimal> capital;
  private final OptionalInt riskLevel;
  private final OptionalInt leverage;
  private final Optional<RiskMode> riskMode;
  private final OptionalInt minConfidence;
  private final OptionalInt cooldownMinutes;
  private final Optional<String> config;
  private final Optional<Boolean> active;
  private final Optional<Boolean> shown;
  private final Optional<String> displayName;
  private final Optional<String> displayDescription;

  private StrategyBody(JsonFields body) {
    this.code = body.text("code", TradingFields.CODE);
    this.name = body.text("name", "1 to 100 characters");
    this.description = body.text("description", "at most 2000 characters");
    this.symbols =
        body.texts("symbols", MOST_SYMBOLS, "at most 100 such as BTC/USDT")
            .map(given -> given.stream().distinct().toList());
    this.symbol =
        body.text("symbol", "one such as BTC/USDT")
            .or(() -> symbols.stream().flatMap(List::stream).findFirst());
    this.timeframe = body.text("timeframe", "1m to 1d");
    this.exchange =
        body.names("exchange")
            ? Optional.of(
                body.text("exchange", "binance, okx, gate or paper")
                    .map(text -> Exchange.of("exchange", text)))
            : Optional.empty();
    this.market =
        body.text("market_type", "future or spot").map(text -> MarketType.of("market_type", text));
    this.minCapital = TradingFields.usdt(body, "min_capital");
    this.capital = TradingFields.usdt(body, "capital");
    this.riskLevel = TradingFields.whole(body, "risk_level", 1, 5);
    this.leverage = TradingFields.whole(body, "leverage", 1, 125);
    this.riskMode = TradingFields.riskMode(body);
    this.minConfidence = TradingFields.whole(body, "min_confidence", 0, 100);
    this.cooldownMinutes = TradingFields.whole(body, "cooldown_minutes", 0, 100_000);
    this.config = body.find("config").map(StrategyBody::config);
    this.active = TradingFields.oneOrZero(body, "status");
    this.shown = TradingFields.oneOrZero(body, "show_to_user");
    this.displayName = body.text("user_display_name", "at most 100 characters");
    this.displayDescription = body.text("user_description", "at most 2000 characters");
  }

  /** Of a strategy that is to be made. */
  static Sheet fresh(JsonFields body) {
    StrategyBody given = new StrategyBody(body);
    if (given.code.isEmpty()) {
      throw JsonFields.missing("code", "1 to 64 of A-Z a-z 0-9 _ . -");
    }
    if (given.name.isEmpty()) {
      throw JsonFields.missing("name", "1 to 100 characters");
    }
    return given.apply(USUAL).checked();
  }

  /** Of a change. What is wrong with it is told whatever it is a change of. */
  static StrategyBody change(JsonFields body) {
    StrategyBody given = new StrategyBody(body);
    Sheet _ = given.apply(USUAL).checked();
    return given;
  }

  @Override
  public Sheet apply(Sheet now) {
    return new Sheet(
        terms(now.terms()),
        rules(now.rules()),
        display(now.display()),
        active.orElse(now.active()));
  }

  private Terms terms(Terms now) {
    return new Terms(
        code.orElse(now.code()),
        name.orElse(now.name()),
        description.orElse(now.description()),
        symbol.orElse(now.symbol()),
        timeframe.orElse(now.timeframe()),
        exchange.orElse(now.exchange()),
        minCapital.orElse(now.minCapital()),
        capital.orElse(now.capital()),
        leverage.orElse(now.leverage()),
        riskMode.orElse(now.riskMode()));
  }

  private Rules rules(Rules now) {
    return new Rules(
        symbols.orElse(now.symbols()),
        market.orElse(now.market()),
        riskLevel.orElse(now.riskLevel()),
        minConfidence.orElse(now.minConfidence()),
        cooldownMinutes.orElse(now.cooldownMinutes()),
        config.orElse(now.config()));
  }

  private Display display(Display now) {
    return new Display(
        shown.orElse(now.shown()),
        displayName.orElse(now.name()),
        displayDescription.orElse(now.description()));
  }

  private static String config(JsonNode given) {
    if (!given.isObject()) {
      throw GivenText.refused("config", given.toString(), "an object of parameters");
    }
    return given.toString();
  }
}
