package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.FILL;
import static io.tollgate.schema.trading.Tables.POSITION;
import static io.tollgate.schema.trading.Tables.SIGNAL;
import static io.tollgate.schema.trading.Tables.TRADE_ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.contracts.Timeframe;
import io.tollgate.data.testing.SettableClock;
import io.tollgate.schema.trading.tables.records.FillRecord;
import io.tollgate.schema.trading.tables.records.PositionRecord;
import io.tollgate.site.testing.TestSite;
import io.tollgate.trading.engine.SignalMonitor;
import io.tollgate.trading.engine.Strategy;
import io.tollgate.trading.engine.backtest.Backtest;
import io.tollgate.trading.engine.backtest.BacktestTerms;
import io.tollgate.trading.engine.backtest.BacktestTrade;
import io.tollgate.trading.engine.backtest.OnOpposite;
import io.tollgate.trading.engine.candles.BarList;
import io.tollgate.trading.engine.internal.monitor.MonitorDesk;
import io.tollgate.trading.engine.internal.monitor.ScanMeters;
import io.tollgate.trading.engine.scan.ClosedBars;
import io.tollgate.trading.exchange.Candle;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.strategies.Bar;
import io.tollgate.trading.strategies.StrategyCatalogue;
import io.tollgate.trading.strategies.StrategyKind;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same bars, live at a simulated exchange and in a backtest. */
@Tag("slow")
final class LiveIsBacktestTest {
  private static final String CODE = "mean_reversion";

  /** Ahead of whatever time it is: trades are asked for from when an order was sent. */
  private static final Instant BEGUN = Instant.parse("2099-03-01T01:00:00Z");

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Symbol PAIR = Symbol.of("BTC/USDT");

  /** After five losses in a row nothing is entered for a while, which a backtest does not know. */
  private static final int TRADES = 4;

  private static final int MINUTES_MOST = 400;

  /** What is bought costs that more than the last price. */
  private static final BigDecimal SPREAD = new BigDecimal("0.1");

  private final SettableClock clock = new SettableClock(BEGUN);
  @TempDir private Path folder;

  @Test
  void the_same_bars_make_the_same_trades_live_and_in_a_backtest() {
    try (TradingFloor floor = new TradingFloor(folder, TestSite.at(clock), CODE)) {
      floor.steer("POST", "price", "{\"symbol\":\"BTCUSDT\",\"price\":null}");
      market(floor);
      long account = floor.follower("ann");
      withoutCooldown(floor);
      assertThat(new AccountSync(floor.books, floor.rulebook, floor.door).sync(account)).isTrue();
      int minutes = live(floor);

      List<PositionRecord> positions = positions(floor);
      List<BacktestTrade> trades = backtest(floor, minutes);
      assertThat(trades.stream().map(LiveIsBacktestTest::line).toList())
          .hasSizeGreaterThanOrEqualTo(TRADES)
          .isEqualTo(positions.stream().map(position -> line(floor, position)).toList());
      for (int i = 0; i < trades.size(); i++) {
        near(floor, positions.get(i), trades.get(i));
      }
    }
  }

  /** Looks and trades minute by minute, until enough positions are closed and none is open. */
  private int live(TradingFloor floor) {
    try (MonitorDesk monitor = monitor(floor);
        OrderRunner runner = floor.runner("live")) {
      SignalDesk desk = floor.desk(runner::wake);
      LevelWatcher watcher = new LevelWatcher(floor.books, floor.rulebook, floor.door, () -> {});
      runner.start();
      for (int minute = 0; minute < MINUTES_MOST; minute++) {
        monitor.job().work().run();
        await()
            .atMost(LONG)
            .pollInterval(Duration.ofMillis(20))
            .untilAsserted(
                () -> {
                  // orders are looked after as our time goes, while the market stands still
                  clock.advance(Duration.ofMillis(20));
                  desk.pass();
                  assertThat(underWay(floor)).isZero();
                });
        assertThat(watcher.pass()).as("levels are far away").isZero();
        List<PositionRecord> positions = positions(floor);
        boolean flat = positions.stream().noneMatch(each -> each.getStatus().equals("OPEN"));
        if (positions.size() >= TRADES && flat) {
          return minute;
        }
        toMinute(floor, minute + 1L);
      }
    }
    throw new AssertionError("trades: " + positions(floor).size() + " (expected: " + TRADES + ")");
  }

  /** Time goes on to a minute after the beginning, here and at the market. */
  private void toMinute(TradingFloor floor, long minute) {
    clock.advance(Duration.between(clock.instant(), BEGUN.plus(MINUTE.multipliedBy(minute))));
    market(floor);
  }

  private void market(TradingFloor floor) {
    String answer =
        floor.steer("POST", "clock", "{\"now\":\"" + clock.instant() + "\",\"speed\":0}");
    assertThat(answer).doesNotContain("error");
  }

  private void withoutCooldown(TradingFloor floor) {
    var _ =
        floor.site.write(
            tx ->
                floor
                    .engine
                    .strategies()
                    .change(
                        tx,
                        floor.strategy,
                        sheet ->
                            new Strategy.Sheet(
                                sheet.terms(),
                                new Strategy.Rules(List.of(), MarketType.FUTURE, 1, 50, 0, "{}"),
                                sheet.display(),
                                true)));
  }

  private MonitorDesk monitor(TradingFloor floor) {
    return new MonitorDesk(
        new MonitorDesk.Below(
            floor.site.transactions(),
            floor.engine.strategies(),
            floor.intake(),
            floor.exchanges::market),
        Exchange.BINANCE,
        Duration.ofSeconds(30),
        new ScanMeters(new SimpleMeterRegistry()),
        floor.site.random(),
        clock,
        clock);
  }

  /** Signals and orders of which something may still come. */
  private static int underWay(TradingFloor floor) {
    return floor.site.write(
        tx ->
            tx.sql()
                    .fetchCount(
                        SIGNAL, SIGNAL.STATUS.notIn("executed", "rejected", "failed", "expired"))
                + tx.sql().fetchCount(TRADE_ORDER, TRADE_ORDER.WORK_OPEN.isTrue()));
  }

  private static List<PositionRecord> positions(TradingFloor floor) {
    return floor.site.write(
        tx -> tx.sql().selectFrom(POSITION).orderBy(POSITION.OPENED_AT).fetch());
  }

  private List<BacktestTrade> backtest(TradingFloor floor, int minutes) {
    SignalMonitor.Scan scan = floor.site.write(tx -> floor.engine.monitor().scans(tx)).getFirst();
    Instant first = scan.firstBar().orElseThrow();
    Instant end = BEGUN.plus(MINUTE.multipliedBy(minutes + 1L));
    toMinute(floor, minutes + 1L);
    List<Bar> bars = bars(floor, first, end);
    int before = (int) Duration.between(first, BEGUN).dividedBy(MINUTE) - 1;
    StrategyKind kind = StrategyCatalogue.require("code", CODE);
    List<BacktestTrade> trades = new ArrayList<>();
    var _ =
        Backtest.run(
            kind.start(PAIR.toString(), Timeframe.ONE_MINUTE, kind.settings(Map.of())),
            Timeframe.ONE_MINUTE,
            new BarList(bars),
            terms(floor, before),
            trades::add);
    return trades;
  }

  private static BacktestTerms terms(TradingFloor floor, int lookback) {
    return new BacktestTerms(
        BigDecimal.valueOf(10_000),
        new BigDecimal("0.0004"),
        lookback,
        BigDecimal.ZERO,
        BigDecimal.valueOf(2_000),
        1,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        List.of(),
        BigDecimal.valueOf(20),
        true,
        0,
        0,
        0,
        0,
        0,
        rules(floor).marketStep(),
        OnOpposite.IGNORE);
  }

  private static Instrument rules(TradingFloor floor) {
    return ((Accepted<Instrument>) exchange(floor).instrument(PAIR)).value();
  }

  private static MarketData exchange(TradingFloor floor) {
    return floor.exchanges.market(Exchange.BINANCE, MarketType.FUTURE);
  }

  private static List<Bar> bars(TradingFloor floor, Instant first, Instant end) {
    List<Bar> bars = new ArrayList<>();
    for (Instant next = first; next.isBefore(end); ) {
      List<Candle> candles =
          ((Accepted<List<Candle>>) exchange(floor).candles(PAIR, Timeframe.ONE_MINUTE, next, 300))
              .value();
      bars.addAll(ClosedBars.of(candles, Timeframe.ONE_MINUTE, end.plusSeconds(2)));
      next = candles.getLast().openedAt().plus(MINUTE);
    }
    return bars.stream().filter(bar -> bar.openTime() < end.toEpochMilli()).toList();
  }

  private static String line(BacktestTrade trade) {
    return trade.side()
        + " "
        + Instant.ofEpochMilli(trade.entryTime())
        + " "
        + Instant.ofEpochMilli(trade.exitTime())
        + " "
        + trade.quantity().stripTrailingZeros().toPlainString()
        + " "
        + trade.exitReason();
  }

  private static String line(TradingFloor floor, PositionRecord position) {
    return (position.getPositionSide().equals("LONG") ? "BUY" : "SELL")
        + " "
        + position.getOpenedAt()
        + " "
        + position.getClosedAt()
        + " "
        + fill(floor, position, "OPEN").getQuantity().stripTrailingZeros().toPlainString()
        + " "
        + position.getCloseReason();
  }

  private static FillRecord fill(TradingFloor floor, PositionRecord position, String intent) {
    Instant at = intent.equals("OPEN") ? position.getOpenedAt() : position.getClosedAt();
    return floor.site.write(
        tx ->
            tx.sql()
                .selectFrom(FILL)
                .where(FILL.TRADE_TYPE.eq(intent).and(FILL.FILLED_AT.eq(at)))
                .fetchSingle());
  }

  /**
   * Prices differ by the spread, where something is bought, and the profit by no more than that.
   */
  private static void near(TradingFloor floor, PositionRecord position, BacktestTrade trade) {
    FillRecord entry = fill(floor, position, "OPEN");
    FillRecord exit = fill(floor, position, "CLOSE");
    assertThat(entry.getPrice().subtract(trade.entryPrice()))
        .isEqualByComparingTo(entry.getSide().equals("BUY") ? SPREAD : BigDecimal.ZERO);
    assertThat(exit.getPrice().subtract(trade.exitPrice()))
        .isEqualByComparingTo(exit.getSide().equals("BUY") ? SPREAD : BigDecimal.ZERO);
    BigDecimal gained = exit.getPrice().subtract(entry.getPrice()).multiply(entry.getQuantity());
    BigDecimal gross = position.getPositionSide().equals("LONG") ? gained : gained.negate();
    assertThat(position.getGross()).isEqualByComparingTo(gross);
    assertThat(position.getFees()).isEqualByComparingTo(entry.getFee().add(exit.getFee()));
    BigDecimal live = position.getGross().subtract(position.getFees());
    BigDecimal slipped = SPREAD.multiply(entry.getQuantity());
    BigDecimal ofFees = slipped.multiply(new BigDecimal("0.0004"));
    assertThat(live.subtract(trade.pnl()).add(slipped).abs())
        .as("but for the spread")
        .isLessThanOrEqualTo(ofFees.add(new BigDecimal("0.00000001")));
  }
}
