package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A strategy as the operator offers it to tenants. */
public record Strategy(long id, Sheet sheet, Instant createdAt) {
  public Strategy {
    requireNonNull(sheet, "sheet is null");
    requireNonNull(createdAt, "createdAt is null");
  }

  /** What it is. */
  public Terms terms() {
    return sheet.terms();
  }

  /** Whether it is on. */
  public boolean active() {
    return sheet.active();
  }

  /** The symbols it trades: those it lists, else its one. */
  public List<String> symbols() {
    List<String> several = sheet.rules().symbols();
    return several.isEmpty() ? List.of(terms().symbol()) : several;
  }

  /** Notional of one trade on its own terms, in USDT. */
  public BigDecimal amountUsdt() {
    return terms().riskMode().amountUsdt(terms().capital(), terms().leverage());
  }

  /** Everything that is set of a strategy. */
  public record Sheet(Terms terms, Rules rules, Display display, boolean active) {
    public Sheet {
      requireNonNull(terms, "terms is null");
      requireNonNull(rules, "rules is null");
      requireNonNull(display, "display is null");
    }

    /** These terms, and the usual rest; on. */
    public static Sheet of(Terms terms) {
      return new Sheet(terms, Rules.USUAL, Display.NONE, true);
    }

    /**
     * The same.
     *
     * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when a part of it is not valid
     */
    public Sheet checked() {
      terms.check();
      rules.check();
      display.check();
      return this;
    }

    public Sheet withActive(boolean on) {
      return new Sheet(terms, rules, display, on);
    }
  }

  /**
   * What a strategy is.
   *
   * @param code by which it is known, unique
   * @param symbol that it trades, e.g. {@code BTC/USDT}
   * @param timeframe of its candles, e.g. {@code 15m}
   * @param exchange the only one on which it is followed; empty: any
   * @param minCapital in USDT, recommended
   * @param capital in USDT, where whoever follows it sets none
   */
  public record Terms(
      String code,
      String name,
      String description,
      String symbol,
      String timeframe,
      Optional<Exchange> exchange,
      BigDecimal minCapital,
      BigDecimal capital,
      int leverage,
      RiskMode riskMode) {
    public Terms {
      requireNonNull(code, "code is null");
      requireNonNull(name, "name is null");
      requireNonNull(description, "description is null");
      requireNonNull(symbol, "symbol is null");
      requireNonNull(timeframe, "timeframe is null");
      requireNonNull(exchange, "exchange is null");
      requireNonNull(minCapital, "minCapital is null");
      requireNonNull(capital, "capital is null");
      requireNonNull(riskMode, "riskMode is null");
    }

    private void check() {
      GivenTerms.code(code);
      GivenTerms.name("name", name, 100);
      GivenTerms.text("description", description, 2_000);
      GivenTerms.symbol("symbol", symbol);
      GivenTerms.timeframe(timeframe);
      GivenTerms.usdt("min_capital", minCapital);
      GivenTerms.usdt("capital", capital);
      GivenTerms.leverage(leverage);
    }
  }

  /**
   * How its signals come about, and which are taken.
   *
   * @param symbols where it trades more than its one
   * @param riskLevel how daring it is, 1 to 5
   * @param minConfidence of a signal, 0 to 100
   * @param cooldownMinutes after a signal
   * @param config its parameters, an object in JSON
   */
  public record Rules(
      List<String> symbols,
      MarketType market,
      int riskLevel,
      int minConfidence,
      int cooldownMinutes,
      String config) {
    /** Those of a strategy of which nothing is said. */
    public static final Rules USUAL = new Rules(List.of(), MarketType.FUTURE, 1, 50, 60, "{}");

    private static final int MOST_SYMBOLS = 100;
    private static final int LONGEST_COOLDOWN = 100_000;
    private static final int LONGEST_CONFIG = 20_000;

    public Rules {
      symbols = List.copyOf(symbols);
      requireNonNull(market, "market is null");
      requireNonNull(config, "config is null");
    }

    private void check() {
      GivenTerms.within("symbols", symbols.size(), 0, MOST_SYMBOLS);
      symbols.forEach(each -> GivenTerms.symbol("symbols", each));
      GivenTerms.within("risk_level", riskLevel, 1, 5);
      GivenTerms.within("min_confidence", minConfidence, 0, 100);
      GivenTerms.within("cooldown_minutes", cooldownMinutes, 0, LONGEST_COOLDOWN);
      GivenTerms.text("config", config, LONGEST_CONFIG);
    }
  }

  /**
   * How users see it.
   *
   * @param shown whether they do
   * @param name empty: the operator's
   * @param description empty: the operator's
   */
  public record Display(boolean shown, String name, String description) {
    /** Not shown. */
    public static final Display NONE = new Display(false, "", "");

    public Display {
      requireNonNull(name, "name is null");
      requireNonNull(description, "description is null");
    }

    private void check() {
      GivenTerms.text("user_display_name", name, 100);
      GivenTerms.text("user_description", description, 2_000);
    }
  }
}
