package io.tollgate.app;

import io.tollgate.contracts.Timeframe;
import io.tollgate.data.Database;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.trading.engine.candles.AppendCount;
import io.tollgate.trading.engine.candles.CandleImport;
import io.tollgate.trading.engine.candles.CandleSpan;
import io.tollgate.trading.engine.candles.CandleStore;
import io.tollgate.trading.engine.candles.CandleTime;
import io.tollgate.trading.engine.candles.ExchangeMarkets;
import io.tollgate.trading.engine.candles.OnDifference;
import io.tollgate.trading.engine.candles.Pause;
import io.tollgate.trading.engine.candles.SeriesName;
import io.tollgate.trading.engine.candles.SeriesWriter;
import io.tollgate.trading.engine.candles.StoredSeries;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.ExchangeAddresses;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Symbol;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * Lists stored candles, or brings more of them: from an exchange those that are missing, or from a
 * file. Exit code 1 when candles differed from stored ones, or an exchange did not have all.
 */
final class CandlesCommand {
  private static final String EXCHANGE = "--exchange";
  private static final String MARKET = "--market";
  private static final String SYMBOL = "--symbol";
  private static final String TIMEFRAME = "--timeframe";
  private static final String FROM = "--from";
  private static final String TO = "--to";
  private static final String REPLACE = "--replace";

  private CandlesCommand() {}

  static void describe(CommandSpec spec) {
    option(spec, EXCHANGE, "binance, okx or gate.");
    option(spec, MARKET, "future or spot. Default: future.");
    option(spec, SYMBOL, "A pair such as BTC/USDT.");
    option(spec, TIMEFRAME, "Length of a candle, 1m to 1d.");
    option(spec, FROM, "The first opens then (RFC 3339). Default: the first that is stored.");
    option(spec, TO, "None opens then or later. Default: now.");
    spec.addOption(
        OptionSpec.builder(REPLACE)
            .type(boolean.class)
            .description("Of a file: candles that differ take the place of stored ones.")
            .build());
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("list | import [FILE]")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1..2")
            .index("0..*")
            .hideParamSyntax(true)
            .required(true)
            .description("What to do. A file of candles: " + CandleFile.EXPECTED + ".")
            .build());
  }

  private static void option(CommandSpec spec, String name, String description) {
    spec.addOption(OptionSpec.builder(name).type(String.class).description(description).build());
  }

  static int run(Settings settings, ParseResult parsed, PrintWriter out) {
    List<String> words = parsed.matchedPositionalValue(0, List.<String>of());
    boolean list = words.equals(List.of("list"));
    if (!list && !words.getFirst().equals("import")) {
      throw new SettingsException(
          "candles " + String.join(" ", words) + " (expected: list, or import [FILE])");
    }
    Optional<SeriesName> name = list ? Optional.empty() : Optional.of(name(parsed));
    try {
      return BooksDatabase.use(
          settings,
          Duration.ofMinutes(1),
          database -> {
            CandleStore store =
                CandleStore.over(database.transactions(), database.clock(), UUID::randomUUID);
            if (name.isEmpty()) {
              return list(store, out);
            }
            return words.size() == 2
                ? fromFile(Path.of(words.getLast()), name.get(), store, parsed, out)
                : fromExchange(settings, name.get(), store, database, parsed, out);
          });
    } catch (Refusal refusal) {
      throw new StartException(refusal.sentence());
    }
  }

  private static int list(CandleStore store, PrintWriter out) {
    List<StoredSeries> all = store.list();
    out.println(all.isEmpty() ? "No candles are stored." : all.size() + " series:");
    for (StoredSeries each : all) {
      out.println(
          "  "
              + each.name()
              + ": "
              + each.candles()
              + each.span().map(span -> " candles, " + span).orElse(" candles")
              + (each.missing() == 0 ? "" : ", " + each.missing() + " missing between"));
    }
    return 0;
  }

  private static SeriesName name(ParseResult parsed) {
    try {
      return new SeriesName(
          Exchange.of(EXCHANGE, required(parsed, EXCHANGE, "binance, okx or gate")),
          MarketType.of(MARKET, parsed.matchedOptionValue(MARKET, "future")),
          Symbol.of(required(parsed, SYMBOL, "a pair such as BTC/USDT")),
          Timeframe.of(TIMEFRAME, required(parsed, TIMEFRAME, "1m to 1d")));
    } catch (Refusal refusal) {
      throw new SettingsException(refusal.sentence());
    }
  }

  private static String required(ParseResult parsed, String name, String expected) {
    String given = parsed.matchedOptionValue(name, "");
    if (given.isEmpty()) {
      throw new SettingsException(name + " is missing (expected: " + expected + ")");
    }
    return given;
  }

  private static int fromFile(
      Path file, SeriesName name, CandleStore store, ParseResult parsed, PrintWriter out) {
    OnDifference onDifference =
        parsed.hasMatchedOption(REPLACE) ? OnDifference.REPLACE : OnDifference.KEEP;
    try (CandleFile candles = CandleFile.open(file, out);
        SeriesWriter writer = store.writer(name)) {
      return told(name, writer.appendAll(candles.bars(), onDifference), onDifference, out);
    } catch (NoSuchFileException e) {
      throw new SettingsException(file + " is not there (expected: a file of candles)");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int fromExchange(
      Settings settings,
      SeriesName name,
      CandleStore store,
      Database database,
      ParseResult parsed,
      PrintWriter out) {
    CandleSpan span = span(name, store, database.clock().instant(), parsed);
    ProgressBar bar =
        new ProgressBar(span.candles(name.timeframe().lengthMs()), System.console() != null, out);
    try (ExchangeMarkets markets =
        new ExchangeMarkets(ExchangeAddresses.from(settings), database.clock())) {
      long[] before = {0};
      CandleImport.Report report =
          new CandleImport(
                  store,
                  markets.of(EXCHANGE, name.exchange(), name.marketType()),
                  database.clock(),
                  Pause.SLEEP)
              .run(
                  name,
                  span,
                  (done, all) -> {
                    bar.add(done - before[0]);
                    before[0] = done;
                  });
      bar.end();
      int code = told(name, report.count(), OnDifference.KEEP, out);
      report
          .missing()
          .forEach(gap -> out.println("  the exchange has none that opens within " + gap));
      return report.missing().isEmpty() ? code : 1;
    }
  }

  private static CandleSpan span(
      SeriesName name, CandleStore store, Instant now, ParseResult parsed) {
    long to = time(parsed, TO).orElse(now.toEpochMilli());
    long from =
        time(parsed, FROM)
            .orElseGet(
                () ->
                    store
                        .find(name)
                        .flatMap(StoredSeries::span)
                        .map(CandleSpan::from)
                        .orElseThrow(
                            () ->
                                new SettingsException(
                                    FROM
                                        + " is missing (expected: a time, as none of "
                                        + name
                                        + " is stored)")));
    if (from > to) {
      throw new SettingsException(FROM + " is after " + TO + " (expected: before)");
    }
    return new CandleSpan(from, to);
  }

  private static Optional<Long> time(ParseResult parsed, String name) {
    String given = parsed.matchedOptionValue(name, "");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        CandleTime.parse(given)
            .orElseThrow(
                () ->
                    new SettingsException(
                        name + ": " + given + " (expected: " + CandleTime.EXPECTED + ")")));
  }

  private static int told(
      SeriesName name, AppendCount count, OnDifference onDifference, PrintWriter out) {
    out.println(name + ": " + count.added() + " added, " + count.same() + " were there");
    count
        .firstDifferent()
        .ifPresent(
            first ->
                out.println(
                    "  "
                        + count.different()
                        + (onDifference == OnDifference.KEEP
                            ? " differ and were left out, the first of them of "
                            : " were replaced, the first of them of ")
                        + Instant.ofEpochMilli(first)));
    return count.different() > 0 && onDifference == OnDifference.KEEP ? 1 : 0;
  }
}
