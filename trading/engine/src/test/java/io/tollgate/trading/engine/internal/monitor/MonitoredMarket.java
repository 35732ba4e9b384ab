package io.tollgate.trading.engine.internal.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.contracts.Timeframe;
import io.tollgate.data.testing.SettableClock;
import io.tollgate.ledger.Ledgers;
import io.tollgate.rewards.RewardsModule;
import io.tollgate.sandbox.SandboxOptions;
import io.tollgate.sandbox.SandboxProvider;
import io.tollgate.site.testing.TestSite;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.trading.engine.RiskMode;
import io.tollgate.trading.engine.SignalMonitor;
import io.tollgate.trading.engine.Strategy;
import io.tollgate.trading.engine.internal.orders.SignalIntake;
import io.tollgate.trading.engine.scan.ClosedBars;
import io.tollgate.trading.exchange.Candle;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.ExchangeAddresses;
import io.tollgate.trading.exchange.ExchangeTimes;
import io.tollgate.trading.exchange.Exchanges;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.WayOut;
import io.tollgate.trading.strategies.Bar;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A market over the wire whose time goes when it is told to, and a database beside it. */
final class MonitoredMarket implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  static final Symbol PAIR = Symbol.of("BTC/USDT");
  private static final Duration MAX_AGE = Duration.ofSeconds(120);
  private static final int PAGE = 300;

  final SettableClock clock = new SettableClock(START);
  final TestSite site = TestSite.at(clock);
  final RewardsModule rewards =
      RewardsModule.over(
          site.transactions(),
          site.ledger(),
          Ledgers.queries(),
          site.identity(),
          EngineModule.minimums(),
          new SimpleMeterRegistry(),
          clock,
          site.random());
  final EngineModule engine = new EngineModule(site.identity(), rewards.cards(), clock);
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final SandboxProvider sandbox;
  private final Vertx vertx = Vertx.vertx();
  private final Exchanges exchanges;
  private final HttpClient steering = HttpClient.newHttpClient();

  MonitoredMarket(Path folder) {
    sandbox = SandboxProvider.start(SandboxOptions.local(0, folder));
    exchanges =
        new Exchanges(
            vertx,
            ExchangeAddresses.allAt(URI.create(sandbox.url())),
            ExchangeTimes.USUAL,
            new WayOut(Optional.of("127.0.0.1"), Optional.empty()),
            InstantSource.system());
    steer("clock", "{\"now\":\"" + START + "\",\"speed\":0}");
  }

  /** Time goes on, at the market and here. */
  void pass(Duration time) {
    clock.advance(time);
    steer("clock", "{\"now\":\"" + clock.instant() + "\",\"speed\":0}");
  }

  /** A strategy of the catalogue for bars of a minute. */
  long strategy(String code, String config, int cooldownMinutes) {
    Strategy.Sheet usual =
        Strategy.Sheet.of(
            new Strategy.Terms(
                code,
                code,
                "",
                PAIR.toString(),
                "1m",
                Optional.empty(),
                BigDecimal.valueOf(200),
                BigDecimal.valueOf(1_000),
                20,
                RiskMode.STEADY));
    Strategy.Rules rules =
        new Strategy.Rules(List.of(), MarketType.FUTURE, 1, 50, cooldownMinutes, config);
    return site.write(
            tx ->
                engine
                    .strategies()
                    .create(tx, new Strategy.Sheet(usual.terms(), rules, usual.display(), true)))
        .id();
  }

  /** What looks in one process. */
  MonitorDesk desk() {
    return new MonitorDesk(
        new MonitorDesk.Below(
            site.transactions(),
            engine.strategies(),
            new SignalIntake(site.random(), MAX_AGE, clock),
            exchanges::market),
        Exchange.BINANCE,
        MAX_AGE,
        new ScanMeters(meters),
        site.random(),
        clock,
        clock);
  }

  SignalMonitor.Scan scan(long strategy) {
    return site.write(tx -> engine.monitor().scans(tx)).stream()
        .filter(scan -> scan.strategy() == strategy)
        .findFirst()
        .orElseThrow();
  }

  /** What the exchange tells today of the bars between. */
  List<Bar> bars(Instant from, Instant until) {
    List<Bar> bars = new ArrayList<>();
    Instant next = from;
    while (next.isBefore(until)) {
      var answer =
          exchanges
              .market(Exchange.BINANCE, MarketType.FUTURE)
              .candles(PAIR, Timeframe.ONE_MINUTE, next, PAGE);
      assertThat(answer).isInstanceOf(Accepted.class);
      List<Candle> candles = ((Accepted<List<Candle>>) answer).value();
      bars.addAll(ClosedBars.of(candles, Timeframe.ONE_MINUTE, until.plusSeconds(2)));
      next = candles.getLast().openedAt().plus(Timeframe.ONE_MINUTE.length());
    }
    return bars.stream().filter(bar -> bar.openTime() < until.toEpochMilli()).toList();
  }

  void steer(String what, String body) {
    try {
      String answer =
          steering
              .send(
                  HttpRequest.newBuilder(URI.create(sandbox.url() + "/sandbox/exchange/" + what))
                      .timeout(Duration.ofSeconds(30))
                      .POST(BodyPublishers.ofString(body))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      assertThat(answer).doesNotContain("error");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    exchanges.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    sandbox.close();
    site.close();
  }
}
