package io.tollgate.app;

import io.tollgate.contracts.Timeframe;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.trading.engine.backtest.Backtest;
import io.tollgate.trading.engine.backtest.BacktestResult;
import io.tollgate.trading.engine.backtest.BacktestTerms;
import io.tollgate.trading.engine.backtest.OnOpposite;
import io.tollgate.trading.engine.report.HtmlReport;
import io.tollgate.trading.engine.report.PriceTrace;
import io.tollgate.trading.engine.report.ReportFigures;
import io.tollgate.trading.engine.report.ReportHead;
import io.tollgate.trading.engine.report.ReportLanguage;
import io.tollgate.trading.strategies.StrategyCatalogue;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.web.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.core.JacksonException;

/** Runs a strategy over a file of candles, however long, and writes a page of what came of it. */
final class BacktestCommand {
  private static final String STRATEGY = "--strategy";
  private static final String SET = "--set";
  private static final String SYMBOL = "--symbol";
  private static final String TIMEFRAME = "--timeframe";
  private static final String OUT = "--out";
  private static final String AMOUNT = "--amount";
  private static final String BALANCE = "--balance";
  private static final String COMMISSION = "--commission";
  private static final String SLIPPAGE = "--slippage-pct";
  private static final String LEVERAGE = "--leverage";

  private BacktestCommand() {}

  static void describe(CommandSpec spec) {
    option(spec, STRATEGY, "Code of a strategy. Default: ma_cross.");
    option(spec, SYMBOL, "In whose name it speaks. Default: the strategy's own.");
    option(spec, TIMEFRAME, "Of the candles, 1m to 1d. Default: the strategy's own.");
    option(spec, OUT, "The page to write. Default: backtest.html.");
    option(spec, AMOUNT, "Of a trade, in USDT. Default: 1000.");
    option(spec, BALANCE, "To begin with. Default: 10000.");
    option(spec, COMMISSION, "Share of the notional that a fill costs. Default: 0.001.");
    option(spec, SLIPPAGE, "By how many percent fills are worse. Default: 0.");
    option(spec, LEVERAGE, "Default: 1.");
    spec.addOption(
        OptionSpec.builder(SET)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("NAME=VALUE")
            .description("A parameter of the strategy; may be given several times.")
            .build());
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("FILE")
            .type(Path.class)
            .required(true)
            .index("0")
            .description("Candles: " + CandleFile.EXPECTED + ".")
            .build());
  }

  private static void option(CommandSpec spec, String name, String description) {
    spec.addOption(OptionSpec.builder(name).type(String.class).description(description).build());
  }

  static int run(Settings unused, ParseResult parsed, PrintWriter out) throws IOException {
    Path file = parsed.matchedPositionalValue(0, Path.of(""));
    try {
      return over(file, parsed, out);
    } catch (Refusal refusal) {
      throw new SettingsException(refusal.sentence());
    } catch (NoSuchFileException e) {
      throw new SettingsException(file + " is not there (expected: a file of candles)");
    }
  }

  private static int over(Path file, ParseResult parsed, PrintWriter out) throws IOException {
    StrategyKind kind = StrategyCatalogue.require(STRATEGY, text(parsed, STRATEGY, "ma_cross"));
    StrategySettings settings =
        kind.settings(given(parsed.matchedOptionValue(SET, List.<String>of())));
    Timeframe timeframe = Timeframe.of(TIMEFRAME, text(parsed, TIMEFRAME, kind.timeframe().code()));
    String symbol = text(parsed, SYMBOL, kind.symbol());
    settings.warnings().forEach(warning -> out.println("warning: " + warning));
    BacktestTerms terms = terms(parsed);
    PriceTrace trace;
    BacktestResult result;
    try (CandleFile candles = CandleFile.open(file, out)) {
      trace = new PriceTrace(candles.bars());
      result = Backtest.result(kind.start(symbol, timeframe, settings), timeframe, trace, terms);
    }
    ReportFigures.of(result, ReportLanguage.ENGLISH)
        .forEach((name, value) -> out.println(String.format(Locale.ROOT, "%-24s %s", name, value)));
    Path page = Path.of(text(parsed, OUT, "backtest.html"));
    ReportHead head = ReportHead.of(kind, symbol, timeframe, settings, terms);
    Files.writeString(page, HtmlReport.of(head, result, trace.points(), ReportLanguage.ENGLISH));
    out.println("written: " + page);
    return 0;
  }

  private static BacktestTerms terms(ParseResult parsed) {
    try {
      return new BacktestTerms(
          number(parsed, BALANCE, "10000"),
          number(parsed, COMMISSION, "0.001"),
          50,
          BigDecimal.ZERO,
          number(parsed, AMOUNT, "1000"),
          1,
          number(parsed, SLIPPAGE, "0"),
          BigDecimal.ZERO,
          List.of(),
          number(parsed, LEVERAGE, "1"),
          true,
          0,
          0,
          0,
          0,
          0,
          new BigDecimal("0.000001"),
          OnOpposite.IGNORE);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(String.valueOf(e.getMessage()));
    }
  }

  private static BigDecimal number(ParseResult parsed, String name, String usual) {
    String given = text(parsed, name, usual);
    try {
      BigDecimal number = new BigDecimal(given);
      if (number.precision() <= 30 && Math.abs((long) number.scale()) <= 30) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new SettingsException(name + ": " + given + " (expected: a number)");
    }
    throw new SettingsException(name + ": " + given + " (expected: a number of 30 digits)");
  }

  private static String text(ParseResult parsed, String name, String usual) {
    return parsed.matchedOptionValue(name, usual);
  }

  /** Values are JSON where they can be read as such, and texts where not. */
  private static Map<String, Object> given(List<String> pairs) {
    Map<String, Object> given = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new SettingsException(SET + ": " + pair + " (expected: NAME=VALUE)");
      }
      given.put(pair.substring(0, equals), value(pair.substring(equals + 1)));
    }
    return given;
  }

  private static Object value(String text) {
    try {
      Object value = Json.MAPPER.readValue(text, Object.class);
      return value == null ? text : value;
    } catch (JacksonException e) {
      return text;
    }
  }
}
