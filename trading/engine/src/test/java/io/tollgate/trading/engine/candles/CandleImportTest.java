package io.tollgate.trading.engine.candles;

import static io.tollgate.trading.engine.candles.StoredBars.MINUTES;
import static io.tollgate.trading.engine.candles.StoredBars.read;
import static io.tollgate.trading.engine.candles.StoredBars.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tollgate.contracts.Timeframe;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.sandbox.SandboxOptions;
import io.tollgate.sandbox.SandboxProvider;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.ExchangeAddresses;
import io.tollgate.trading.exchange.ExchangeTimes;
import io.tollgate.trading.exchange.Exchanges;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.WayOut;
import io.tollgate.trading.strategies.Bar;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** From the sandbox's exchange, over the wire; each test has days of its own. */
@TestInstance(Lifecycle.PER_CLASS)
class CandleImportTest {
  private static final Instant DAY = Instant.parse("2026-02-01T00:00:00Z");

  @TempDir static Path folder;

  private final TestDatabase database = TestDatabase.create();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final CandleStore store =
      CandleStore.over(database.transactions(), InstantSource.system(), UUID::randomUUID);
  private final List<Duration> pauses = new ArrayList<>();
  private SandboxProvider sandbox;
  private Exchanges exchanges;

  @BeforeAll
  void start() {
    sandbox = SandboxProvider.start(SandboxOptions.local(0, folder));
    exchanges =
        new Exchanges(
            vertx,
            ExchangeAddresses.allAt(URI.create(sandbox.url())),
            ExchangeTimes.USUAL,
            WayOut.DIRECT,
            InstantSource.system());
  }

  @AfterAll
  void close() {
    exchanges.close();
    var _ = vertx.close().toCompletionStage().toCompletableFuture().join();
    sandbox.close();
    database.close();
  }

  private CandleImport imports() {
    return new CandleImport(
        store,
        exchanges.market(Exchange.BINANCE, MarketType.FUTURE),
        InstantSource.system(),
        pauses::add);
  }

  private static CandleSpan days(int day, int minutes) {
    long from = DAY.plus(Duration.ofDays(day)).toEpochMilli();
    return new CandleSpan(from, from + minutes * StoredBars.MINUTE);
  }

  @Test
  void what_is_missing_is_brought_once_and_is_what_the_exchange_says() {
    // 2026-01-01 has its candles by hand
    List<String> told = new ArrayList<>();
    CandleImport.Report report =
        imports().run(MINUTES, span(0, 700), (done, all) -> told.add(done + "/" + all));
    assertThat(report.count().added()).isEqualTo(700);
    assertThat(report.pages()).isEqualTo(3);
    assertThat(report.missing()).isEmpty();
    assertThat(told).containsExactly("300/700", "600/700", "700/700", "700/700");
    List<Bar> stored = read(store.read(MINUTES, span(0, 60)));
    assertThat(stored.getFirst().open()).isEqualTo(50_000.0);
    assertThat(stored.getFirst().close()).isEqualTo(49_986.8);
    assertThat(stored.getLast().close()).isEqualTo(50_169.9);
    assertThat(stored.stream().mapToDouble(Bar::high).max()).hasValue(50_178.2);
    assertThat(stored.stream().mapToDouble(Bar::low).min()).hasValue(49_943.0);

    CandleImport.Report again = imports().run(MINUTES, span(0, 700), (_, _) -> {});
    assertThat(again.count().total()).isZero();
    assertThat(again.pages()).isZero();
  }

  @Test
  void a_run_goes_on_where_the_last_one_was_killed_and_closes_gaps() {
    // one that dies in the middle leaves its pages and its claim behind
    SeriesWriter dead = store.writer(other("ETH/USDT"));
    AppendCount _ =
        dead.append(List.of(minute("ETH/USDT", 0), minute("ETH/USDT", 500)), OnDifference.KEEP);
    refused(
        () -> imports().run(other("ETH/USDT"), days(0, 900), (_, _) -> {}),
        ErrorCode.CONFLICT,
        "somebody else");
    dead.close();
    CandleImport.Report report = imports().run(other("ETH/USDT"), days(0, 900), (_, _) -> {});
    assertThat(report.count().added()).isEqualTo(898);
    assertThat(report.count().different()).isZero();
    assertThat(report.missing()).isEmpty();
    assertThat(store.find(other("ETH/USDT")).orElseThrow().candles()).isEqualTo(900);
  }

  private Bar minute(String symbol, int minute) {
    CandleSeries one =
        RecentCandles.of(
            exchanges.market(Exchange.BINANCE, MarketType.FUTURE),
            other(symbol),
            1,
            () -> DAY.plusSeconds((minute + 1) * 60L));
    return read(one.feed()).getFirst();
  }

  @Test
  void the_candle_that_has_not_closed_is_left_to_the_next_run() {
    long now = System.currentTimeMillis();
    CandleImport.Report report =
        imports()
            .run(
                other("SOL/USDT"),
                new CandleSpan(now - 10 * StoredBars.MINUTE, now + 10 * StoredBars.MINUTE),
                (_, _) -> {});
    // right at the end of a minute the exchange's clock may be a little behind
    assertThat(report.missing()).hasSizeLessThanOrEqualTo(1);
    StoredSeries stored = store.find(other("SOL/USDT")).orElseThrow();
    assertThat(stored.candles()).isBetween(8L, 10L);
    assertThat(stored.span().orElseThrow().to()).isLessThanOrEqualTo(System.currentTimeMillis());
  }

  @Test
  void what_the_exchange_asks_to_wait_is_waited_and_what_is_unknown_is_asked_again()
      throws IOException, InterruptedException {
    pauses.clear();
    faults("{\"match\":{\"path\":\"/fapi/v1/klines\"},\"action\":\"drop_before\",\"times\":2}");
    CandleImport.Report report = imports().run(other("XRP/USDT"), days(0, 10), (_, _) -> {});
    assertThat(report.count().added()).isEqualTo(10);
    assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));

    faults("{\"match\":{\"path\":\"/fapi/v1/klines\"},\"action\":\"fail_5xx_before\",\"times\":6}");
    refused(
        () -> imports().run(other("XRP/USDT"), days(1, 10), (_, _) -> {}),
        ErrorCode.UPSTREAM_FAILED,
        "cannot be asked for now");
    // nobody is kept away by a run that has failed
    assertThat(imports().run(other("XRP/USDT"), days(1, 10), (_, _) -> {}).count().added())
        .isEqualTo(10);
  }

  @Test
  void a_symbol_that_is_not_traded_is_told() {
    refused(
        () -> imports().run(other("NO/USDT"), days(0, 10), (_, _) -> {}),
        ErrorCode.VALIDATION_ERROR,
        "symbol: NO/USDT (expected: one that the exchange trades)");
  }

  private static SeriesName other(String symbol) {
    return new SeriesName(
        Exchange.BINANCE, MarketType.FUTURE, Symbol.of(symbol), Timeframe.ONE_MINUTE);
  }

  private void faults(String fault) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sandbox.url() + "/sandbox/exchange/faults"))
            .POST(BodyPublishers.ofString(fault))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    }
  }

  private static void refused(Runnable run, ErrorCode code, String sentence) {
    assertThat(catchThrowable(run::run))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).as(refusal.sentence()).isEqualTo(code);
              assertThat(refusal.sentence()).contains(sentence);
            });
  }
}
