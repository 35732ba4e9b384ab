package io.tollgate.trading.engine.internal.monitor;

import static io.tollgate.schema.trading.Tables.SIGNAL;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tollgate.contracts.Timeframe;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.SignalMonitor;
import io.tollgate.trading.engine.SignalNotices;
import io.tollgate.trading.engine.execution.SignalDraft;
import io.tollgate.trading.engine.scan.Heard.Signalled;
import io.tollgate.trading.engine.scan.Said;
import io.tollgate.trading.engine.scan.ScanSubject;
import io.tollgate.trading.engine.scan.SignalRule;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.strategies.Bar;
import io.tollgate.trading.strategies.SignalStrategy;
import io.tollgate.trading.strategies.StrategyCatalogue;
import io.tollgate.trading.strategies.StrategyKind;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A market's bars over the wire, looked at as they close. */
@Tag("slow")
final class MonitorOverTheWireTest {
  private static final int MINUTES = 90;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final List<String> KINDS = List.of("ma_cross", "ema_cross", "rsi", "breakout");

  @TempDir private Path folder;
  private MonitoredMarket market;

  @BeforeEach
  void open() {
    market = new MonitoredMarket(folder);
  }

  @AfterEach
  void close() {
    market.close();
  }

  @Test
  void what_is_signalled_is_what_a_run_over_the_same_bars_says_whoever_looks() {
    Map<String, Long> strategies = new TreeMap<>();
    KINDS.forEach(kind -> strategies.put(kind, market.strategy(kind, "{}", 0)));
    Instant begun = market.clock.instant();
    try (MonitorDesk one = market.desk();
        MonitorDesk other = market.desk()) {
      for (int minute = 0; minute <= MINUTES; minute++) {
        // each goes on from what the other kept, also where it has looked itself before
        (minute / 10 % 2 == 0 ? one : other).job().work().run();
        if (minute % 7 == 0) {
          other.job().work().run();
        }
        market.pass(MINUTE);
      }
    }
    int signals = 0;
    for (String kind : KINDS) {
      long strategy = requireNonNull(strategies.get(kind));
      SignalMonitor.Scan scan = market.scan(strategy);
      assertThat(scan.errors()).as(scan.toString()).isZero();
      assertThat(scan.gaps()).isZero();
      assertThat(scan.lastBar()).contains(begun.plus(MINUTE.multipliedBy(MINUTES - 1)));
      List<String> expected = expected(kind, strategy, scan, begun);
      assertThat(signals(strategy)).as(kind).isEqualTo(expected);
      signals += expected.size();
    }
    assertThat(signals).isGreaterThan(5);
    SignalMonitor.State state = market.site.write(tx -> market.engine.monitor().state(tx));
    assertThat(state.signals()).isEqualTo(signals);
    assertThat(state.present()).isFalse();
  }

  @Test
  void stopped_it_looks_at_nothing_and_started_again_it_enters_nothing_for_what_it_missed() {
    long strategy = market.strategy("ma_cross", "{\"fast_ma\":2,\"slow_ma\":3}", 0);
    try (MonitorDesk desk = market.desk()) {
      look(desk);
      change(terms -> terms.withRunning(false));
      market.pass(MINUTE.multipliedBy(60));
      look(desk);
      assertThat(market.scan(strategy).bars()).isEqualTo(500);
      int before = signals(strategy).size();
      change(terms -> terms.withRunning(true));
      look(desk);
      SignalMonitor.Scan scan = market.scan(strategy);
      assertThat(scan.bars()).isEqualTo(560);
      assertThat(scan.late()).isGreaterThan(5);
      assertThat(signals(strategy).size() - before).as("of the last two bars").isLessThan(3);
    }
  }

  @Test
  void a_signal_that_waits_for_a_word_is_let_go_once_and_not_when_it_is_over() {
    change(terms -> terms.withMode(SignalMonitor.Mode.CONFIRM_EACH));
    long strategy = market.strategy("ma_cross", "{\"fast_ma\":2,\"slow_ma\":3}", 0);
    try (MonitorDesk desk = market.desk()) {
      for (int minute = 0; minute < 12; minute++) {
        look(desk);
        market.pass(MINUTE);
      }
      look(desk);
    }
    List<String> held =
        market.site.write(
            tx ->
                tx.sql()
                    .selectFrom(SIGNAL)
                    .where(SIGNAL.STRATEGY_ID.eq(strategy).and(SIGNAL.HELD_AT.isNotNull()))
                    .orderBy(SIGNAL.BAR_CLOSED_AT)
                    .fetch(SIGNAL.SIGNAL_ID));
    assertThat(held).hasSizeGreaterThan(1).hasSameSizeAs(signals(strategy));
    assertThat(refused(held.getFirst())).contains("expired");
    change(terms -> terms.withMode(SignalMonitor.Mode.NOTIFY_ONLY));
    assertThat(refused(held.getLast())).contains("notify_only");
    change(terms -> terms.withMode(SignalMonitor.Mode.CONFIRM_EACH));
    market.clock.set(
        market.site.write(
            tx ->
                tx.sql()
                    .select(SIGNAL.BAR_CLOSED_AT)
                    .from(SIGNAL)
                    .where(SIGNAL.SIGNAL_ID.eq(held.getLast()))
                    .fetchSingle()
                    .value1()));
    market.site.run(tx -> market.engine.monitor().release(tx, held.getLast()));
    assertThat(refused(held.getLast())).contains("not held");
    assertThat(refused("SIG0000000000000000")).contains("there is no signal");
  }

  private String refused(String signal) {
    return catchThrowableOfType(
            Refusal.class, () -> market.site.run(tx -> market.engine.monitor().release(tx, signal)))
        .sentence();
  }

  @Test
  void signals_are_told_as_notices_where_that_is_wanted_and_only_there() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    SignalNotices notices =
        new SignalNotices(
            market.site.transactions(), market.site.database().database().notifications());
    long strategy = market.strategy("ma_cross", "{\"fast_ma\": 2, \"slow_ma\": 3}", 0);
    try (MonitorDesk desk = market.desk();
        AutoCloseable _ = notices.listen(told::add)) {
      while (signals(strategy).isEmpty()) {
        look(desk);
        market.pass(MINUTE);
      }
      change(
          terms ->
              new SignalMonitor.Terms(true, terms.mode(), terms.interval(), terms.sync(), true));
      int before = signals(strategy).size();
      while (signals(strategy).size() == before) {
        look(desk);
        market.pass(MINUTE);
      }
      notices.tell("the last one");
      await().atMost(Duration.ofMinutes(1)).until(() -> told.contains("the last one"));
    }
    assertThat(told).hasSize(2);
    assertThat(told.getFirst()).startsWith("ma_cross: OPEN ").contains("BTC/USDT at ");
  }

  @Test
  void what_has_no_new_bar_is_not_asked_for_again() {
    var _ = market.strategy("ma_cross", "{\"fast_ma\": 2}", 0);
    try (MonitorDesk desk = market.desk()) {
      look(desk);
      long asked = checks();
      for (int second = 1; second < 50; second++) {
        market.clock.advance(Duration.ofSeconds(1));
        look(desk);
      }
      assertThat(checks()).isEqualTo(asked);
      market.pass(Duration.ofSeconds(11));
      look(desk);
      assertThat(checks()).isEqualTo(asked + 1);
    }
  }

  private long checks() {
    return market.site.write(tx -> market.engine.monitor().state(tx)).checks();
  }

  @Test
  void a_strategy_that_is_not_in_the_catalogue_is_told_of_and_stops_no_other() {
    long unknown = market.strategy("handmade", "{}", 0);
    long wrong = market.strategy("rsi", "{\"rsi_period\":-1}", 0);
    long named = market.strategy("my-cross", "{\"kind\":\"ma_cross\"}", 0);
    try (MonitorDesk desk = market.desk()) {
      look(desk);
      look(desk);
    }
    assertThat(market.scan(unknown).lastError().orElseThrow()).contains("handmade");
    assertThat(market.scan(unknown).errors()).as("told once").isEqualTo(1);
    assertThat(market.scan(wrong).lastError().orElseThrow()).contains("rsi_period");
    assertThat(market.scan(named).lastError()).isEmpty();
    assertThat(market.scan(named).bars()).isEqualTo(500);
  }

  @Test
  void an_exchange_that_does_not_answer_is_asked_again_and_its_bars_are_not_missed() {
    long strategy = market.strategy("ma_cross", "{}", 0);
    try (MonitorDesk desk = market.desk()) {
      look(desk);
      market.steer(
          "faults",
          "{\"match\":{\"path\":\"/fapi/v1/klines\"},\"action\":\"fail_5xx_before\",\"times\":3,"
              + "\"status\":502}");
      market.pass(MINUTE);
      for (int i = 0; i < 3; i++) {
        look(desk);
        market.pass(Duration.ofSeconds(10));
      }
      assertThat(market.scan(strategy).errors()).isEqualTo(3);
      assertThat(market.scan(strategy).lastError()).isPresent();
      look(desk);
      SignalMonitor.Scan scan = market.scan(strategy);
      assertThat(scan.bars()).isEqualTo(501);
      assertThat(scan.lastError()).isEmpty();
    }
  }

  private static void look(MonitorDesk desk) {
    desk.job().work().run();
  }

  private void change(UnaryOperator<SignalMonitor.Terms> change) {
    var _ = market.site.write(tx -> market.engine.monitor().change(tx, change));
  }

  /** What a run over all bars from the first one on says, as far as it was new. */
  private List<String> expected(
      String code, long strategy, SignalMonitor.Scan scan, Instant begun) {
    StrategyKind kind = StrategyCatalogue.require("code", code);
    ScanSubject subject =
        new ScanSubject(
            strategy,
            code,
            kind,
            kind.settings(Map.of()),
            Exchange.BINANCE,
            MarketType.FUTURE,
            MonitoredMarket.PAIR,
            Timeframe.ONE_MINUTE,
            Duration.ZERO);
    SignalStrategy run =
        kind.start(MonitoredMarket.PAIR.toString(), Timeframe.ONE_MINUTE, subject.settings());
    SignalRule rule = new SignalRule(Duration.ofSeconds(120));
    List<String> expected = new ArrayList<>();
    Optional<Instant> cooling = Optional.empty();
    for (Bar bar :
        market.bars(scan.firstBar().orElseThrow(), begun.plus(MINUTE.multipliedBy(MINUTES)))) {
      Optional<Said> said = run.onBar(bar).map(output -> new Said(bar, output));
      Instant closed = Instant.ofEpochMilli(bar.openTime()).plus(MINUTE);
      if (said.isEmpty() || closed.isBefore(begun.minusSeconds(120))) {
        continue;
      }
      if (rule.judge(subject, said.get(), cooling, closed) instanceof Signalled signalled) {
        signalled.drafts().forEach(draft -> expected.add(line(draft)));
        cooling = Optional.of(SignalRule.coolingUntil(subject, said.get()));
      }
    }
    return expected;
  }

  private static String line(SignalDraft draft) {
    return draft.barClosed()
        + " "
        + draft.side()
        + " "
        + draft.intent()
        + " "
        + draft.entry().map(BigDecimal::toPlainString).orElse("-")
        + " "
        + draft.levels().stop().map(BigDecimal::toPlainString).orElse("-")
        + " "
        + draft.levels().target().map(BigDecimal::toPlainString).orElse("-");
  }

  private List<String> signals(long strategy) {
    return market.site.write(
        tx ->
            tx.sql()
                .selectFrom(SIGNAL)
                .where(SIGNAL.STRATEGY_ID.eq(strategy))
                .orderBy(SIGNAL.BAR_CLOSED_AT, SIGNAL.SIDE)
                .fetch(
                    row ->
                        row.getBarClosedAt()
                            + " "
                            + row.getSide()
                            + " "
                            + row.getSignalType()
                            + " "
                            + shown(row.getEntryPrice())
                            + " "
                            + shown(row.getStopLoss())
                            + " "
                            + shown(row.getTakeProfit())));
  }

  private static String shown(@Nullable BigDecimal price) {
    return price == null ? "-" : price.toPlainString();
  }
}
