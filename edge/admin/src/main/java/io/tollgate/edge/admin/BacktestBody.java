package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Timeframe;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.candles.CandleSeries;
import io.tollgate.trading.strategies.SignalStrategy;
import io.tollgate.trading.strategies.StrategyCatalogue;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.web.JsonFields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which strategy a body asks of, on what, and over which candles. */
record BacktestBody(
    StrategyKind kind,
    StrategySettings settings,
    String symbol,
    Timeframe timeframe,
    int lookback,
    CandleSeries candles) {
  private static final String CONFIG = "strategy_config";
  private static final String SYMBOL = "a symbol such as BTC/USDT";
  private static final int SYMBOL_MAX = 40;
  private static final int LOOKBACK_MAX = 1_000_000;

  BacktestBody {
    requireNonNull(kind, "kind is null");
    requireNonNull(settings, "settings is null");
    requireNonNull(symbol, "symbol is null");
    requireNonNull(timeframe, "timeframe is null");
    requireNonNull(candles, "candles is null");
  }

  static BacktestBody of(CandlesInBody given) {
    JsonFields body = given.fields();
    StrategyKind kind = kind(body.requireText("strategy_code", TradingFields.CODE));
    int lookback = Math.toIntExact(body.wholeNumber("lookback", 0, LOOKBACK_MAX).orElse(50L));
    String timeframe = body.requireText("timeframe", "1m to 1d");
    return new BacktestBody(
        kind,
        settings(kind, body),
        symbol(body),
        Timeframe.of("timeframe", timeframe),
        lookback,
        enough(given.candles(), lookback));
  }

  /** One that has seen no bar yet. */
  SignalStrategy strategy() {
    return kind.start(symbol, timeframe, settings);
  }

  /** Outputs of bars before it are dropped. */
  long firstOutput(SignalStrategy strategy) {
    return Math.max(lookback, strategy.bars() - 1);
  }

  private static StrategyKind kind(String code) {
    try {
      return StrategyCatalogue.require("strategy_code", code);
    } catch (Refusal e) {
      throw new Refusal(ErrorCode.STRATEGY_LOAD_ERROR, e.sentence(), e).ofField("strategy_code");
    }
  }

  private static StrategySettings settings(StrategyKind kind, JsonFields body) {
    JsonNode given = body.find(CONFIG).orElse(null);
    if (given == null) {
      return kind.settings(Map.of());
    }
    if (!given.isObject()) {
      throw GivenText.refused(CONFIG, given.toString(), "an object of parameters");
    }
    try {
      return kind.settings(members(given));
    } catch (Refusal e) {
      throw new Refusal(e.code(), CONFIG + "." + e.sentence())
          .ofField(CONFIG + e.field().map(field -> "." + field).orElse(""));
    }
  }

  /** The members of an object as strategies read them. */
  static Map<String, @Nullable Object> members(JsonNode object) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    object.properties().forEach(each -> members.put(each.getKey(), plain(each.getValue())));
    return members;
  }

  /** A value as strategies read it. */
  static @Nullable Object plain(JsonNode value) {
    if (value.isObject()) {
      return members(value);
    }
    if (value.isArray()) {
      List<@Nullable Object> all = new ArrayList<>();
      value.forEach(each -> all.add(plain(each)));
      return all;
    }
    if (value.isNumber()) {
      BigDecimal number = value.decimalValue();
      return value.isIntegralNumber() ? number.toBigIntegerExact() : number;
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    return value.isString() ? value.stringValue() : null;
  }

  private static String symbol(JsonFields body) {
    String symbol = body.requireText("symbol", SYMBOL);
    if (symbol.isBlank() || symbol.length() > SYMBOL_MAX) {
      throw GivenText.refused("symbol", symbol, SYMBOL);
    }
    return symbol;
  }

  private static CandleSeries enough(CandleSeries candles, int lookback) {
    if (candles.size() <= lookback) {
      throw new Refusal(
              ErrorCode.INSUFFICIENT_DATA,
              "candles: "
                  + candles.size()
                  + " (expected: at least "
                  + (lookback + 1)
                  + ", one more than the lookback of "
                  + lookback
                  + ")")
          .ofField("candles");
    }
    return candles;
  }
}
