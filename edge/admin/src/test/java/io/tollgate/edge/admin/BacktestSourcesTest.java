package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Timeframe;
import io.tollgate.sandbox.SandboxOptions;
import io.tollgate.sandbox.SandboxProvider;
import io.tollgate.site.testing.ServedAnswer;
import io.tollgate.trading.engine.candles.AppendCount;
import io.tollgate.trading.engine.candles.OnDifference;
import io.tollgate.trading.engine.candles.SeriesName;
import io.tollgate.trading.engine.candles.SeriesWriter;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.strategies.Bar;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Candles that a body does not write out: Parquet, the store, an exchange over the wire. */
@TestInstance(Lifecycle.PER_CLASS)
class BacktestSourcesTest {
  private static final String RUN = "/api/backtest/run";
  private static final String LIVE = "/api/backtest/run-live";
  private static final long START = 1_767_225_600_000L;
  private static final long HOUR = 3_600_000L;
  private static final int STORED = 2_000;

  @TempDir static Path folder;

  private SandboxProvider sandbox;
  private TradingSite site;

  @BeforeAll
  void start() {
    sandbox = SandboxProvider.start(SandboxOptions.local(0, folder));
    site = new TradingSite(URI.create(sandbox.url()));
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < STORED; i++) {
      bars.add(bar(i));
    }
    SeriesName name =
        new SeriesName(
            Exchange.BINANCE, MarketType.FUTURE, Symbol.of("BTC/USDT"), Timeframe.ONE_HOUR);
    try (SeriesWriter writer = site.candles.writer(name)) {
      AppendCount _ = writer.append(bars, OnDifference.KEEP);
    }
  }

  @AfterAll
  void close() {
    site.close();
    sandbox.close();
  }

  private static double price(int i) {
    return Math.round(100_000 + 10_000 * Math.sin(i / 9.0)) / 1_000.0;
  }

  private static Bar bar(int i) {
    double price = price(i);
    return new Bar(START + i * HOUR, price, price + 1, price - 1, price + 0.5, 1);
  }

  private static String csv(int from, int to) {
    StringBuilder all = new StringBuilder("ts,open,high,low,close,volume");
    for (int i = from; i < to; i++) {
      Bar bar = bar(i);
      all.append("\\n")
          .append(bar.openTime())
          .append(',')
          .append(bar.open())
          .append(',')
          .append(bar.high())
          .append(',')
          .append(bar.low())
          .append(',')
          .append(bar.close())
          .append(",1");
    }
    return all.toString();
  }

  private static String asking(String more) {
    return "{\"strategy_code\":\"ma_cross\",\"symbol\":\"BTC/USDT\",\"timeframe\":\"1h\","
        + "\"amount_usdt\":1000,"
        + more
        + "}";
  }

  private JsonNode result(String path, String body) {
    ServedAnswer answer = site.post(path, body);
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    return answer.json().required("result");
  }

  @Test
  void stored_candles_say_the_same_as_those_that_are_sent() {
    JsonNode sent = result(RUN, asking("\"candles\":\"" + csv(100, 600) + "\""));
    assertThat(sent.required("total_trades").intValue()).isPositive();
    JsonNode stored =
        result(
            RUN,
            asking(
                "\"exchange\":\"binance\",\"start_time\":"
                    + (START + 100 * HOUR)
                    + ",\"end_time\":\"2026-01-26T00:00:00Z\""));
    assertThat(stored).isEqualTo(sent);
    assertThat(result(RUN, asking("\"exchange\":\"Binance\"")).required("bars").intValue())
        .isEqualTo(STORED);
  }

  @Test
  void what_is_stored_is_told_with_its_span() {
    ServedAnswer answer = site.get("/api/backtest/candles");
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    JsonNode all = answer.json().required("data");
    assertThat(all.size()).isEqualTo(1);
    JsonNode one = all.required(0);
    assertThat(one.required("exchange").asString()).isEqualTo("binance");
    assertThat(one.required("market_type").asString()).isEqualTo("future");
    assertThat(one.required("symbol").asString()).isEqualTo("BTC/USDT");
    assertThat(one.required("timeframe").asString()).isEqualTo("1h");
    assertThat(one.required("candles").intValue()).isEqualTo(STORED);
    assertThat(one.required("missing").intValue()).isZero();
    assertThat(one.required("start_time").asString()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(one.required("end_time").asString()).isEqualTo("2026-03-25T08:00:00Z");
  }

  @Test
  void a_file_of_parquet_in_base64_says_the_same_as_csv() throws SQLException, IOException {
    Path csv = folder.resolve("candles.csv");
    Path parquet = folder.resolve("candles.parquet");
    Files.writeString(csv, csv(0, 300).replace("\\n", "\n"));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      boolean _ =
          statement.execute(
              "COPY (FROM read_csv('" + csv + "')) TO '" + parquet + "' (FORMAT parquet)");
    }
    byte[] bytes = Files.readAllBytes(parquet);
    String text = Base64.getEncoder().encodeToString(bytes);
    assertThat(result(RUN, asking("\"candles\":\"" + text + "\"")))
        .isEqualTo(result(RUN, asking("\"candles\":\"" + csv(0, 300) + "\"")));
    refused(
        site.post(RUN, asking("\"candles\":\"" + text.substring(0, text.length() / 2) + "\"")),
        "VALIDATION_ERROR",
        "candles");
    refused(
        site.post(RUN, asking("\"candles\":\"UEFSM*\"")), "VALIDATION_ERROR", "candles: a text");
  }

  @Test
  void the_last_candles_of_an_exchange_are_asked_for_and_run() {
    JsonNode result =
        result(LIVE, asking("\"exchange\":\"binance\",\"limit\":700").replace("1h", "1m"));
    // one may have closed between the two clocks
    assertThat(result.required("bars").intValue()).isBetween(699, 700);
    assertThat(result.required("gaps").intValue()).isZero();
    assertThat(result.required("timeframe").asString()).isEqualTo("1m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /run | VALIDATION_ERROR | exchange: kraken (expected: binance, okx, gate or paper) | "exchange":"kraken"
          /run | VALIDATION_ERROR | market_type: swap (expected: future or spot) | "exchange":"okx","market_type":"swap"
          /run | INSUFFICIENT_DATA | candles: none of okx future BTC/USDT 1h is stored (expected: an import | "exchange":"okx"
          /run | VALIDATION_ERROR | start_time: soon (expected: a time | "exchange":"binance","start_time":"soon"
          /run | VALIDATION_ERROR | end_time: 1767225600000 (expected: after start_time | "exchange":"binance","end_time":1767225600
          /run | INSUFFICIENT_DATA | candles: 10 (expected: at least 51 | "exchange":"binance","end_time":"2026-01-01T10:00:00Z"
          /run-live | VALIDATION_ERROR | exchange is missing (expected: binance | "limit":100
          /run-live | VALIDATION_ERROR | exchange: paper (expected: binance, okx or gate) | "exchange":"paper"
          /run-live | VALIDATION_ERROR | limit: 0 (expected: a whole number from 1 to 10000 | "exchange":"binance","limit":0
          /run-live | INSUFFICIENT_DATA | candles: 50 (expected: at least 51 | "exchange":"binance","limit":50
          """)
  void what_is_asked_wrongly_is_refused(String path, String code, String sentence, String more) {
    refused(site.post("/api/backtest" + path, asking(more)), code, sentence);
  }

  @Test
  void a_symbol_that_an_exchange_does_not_trade_is_told() {
    refused(
        site.post(LIVE, asking("\"exchange\":\"binance\"").replace("BTC/USDT", "NO/USDT")),
        "VALIDATION_ERROR",
        "symbol: NO/USDT (expected: one that the exchange trades");
  }

  private static void refused(ServedAnswer answer, String code, String sentence) {
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(400);
    assertThat(answer.text("code")).as(answer.json().toString()).isEqualTo(code);
    assertThat(answer.text("error")).startsWithIgnoringCase(sentence);
  }
}
