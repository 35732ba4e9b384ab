package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Timeframe;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.internal.monitor.BarHistory;
import io.tollgate.trading.engine.scan.Said;
import io.tollgate.trading.engine.scan.ScanSubject;
import io.tollgate.trading.engine.scan.StrategyScan;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.Ticker;
import io.tollgate.trading.strategies.Bar;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Asks a strategy what it says of the bar that closed last, as the monitor would; nothing comes of
 * it. Blocks while the exchange is asked. Safe for use by many threads.
 */
public final class SignalCheck {
  private final MarketsModule markets;
  private final Exchange usual;

  /**
   * @param usual at which bars are asked for
   */
  public SignalCheck(MarketsModule markets, Exchange usual) {
    this.markets = requireNonNull(markets, "markets is null");
    this.usual = requireNonNull(usual, "usual is null");
  }

  /**
   * What a strategy says.
   *
   * @param bars that it has seen for it
   * @param closed when the last of them closed
   * @param said of that bar; empty: nothing
   */
  public record Checked(long bars, Instant closed, Optional<Said> said) {
    public Checked {
      requireNonNull(closed, "closed is null");
      requireNonNull(said, "said is null");
    }
  }

  /**
   * Asks.
   *
   * @param settings that were read by that kind
   * @throws Refusal {@code UPSTREAM_FAILED} when the exchange gives no bars; {@code
   *     INSUFFICIENT_DATA} when it has none of the pair
   */
  public Checked check(
      StrategyKind kind, StrategySettings settings, Symbol symbol, Timeframe timeframe) {
    ScanSubject subject =
        new ScanSubject(
            0,
            kind.code(),
            kind,
            settings,
            usual,
            MarketType.FUTURE,
            symbol,
            timeframe,
            Duration.ZERO);
    MarketData market = markets.market(usual, MarketType.FUTURE);
    Instant passed = answered(symbol, market.ticker(symbol)).at();
    long from =
        timeframe.openTimeOf(passed.toEpochMilli()) - subject.history() * timeframe.lengthMs();
    List<Bar> bars =
        answered(
            symbol,
            BarHistory.since(
                market, symbol, timeframe, Instant.ofEpochMilli(Math.max(0, from)), passed));
    if (bars.isEmpty()) {
      throw new Refusal(ErrorCode.INSUFFICIENT_DATA, "there are no closed bars of " + symbol);
    }
    Bar last = bars.getLast();
    return new Checked(
        bars.size(),
        Instant.ofEpochMilli(last.openTime() + timeframe.lengthMs()),
        StrategyScan.fresh(subject).take(bars).stream()
            .filter(said -> said.bar().equals(last))
            .findFirst());
  }

  /**
   * What a pair costs now.
   *
   * @throws Refusal {@code UPSTREAM_FAILED} when the exchange does not tell
   */
  public Ticker price(Exchange exchange, Symbol symbol) {
    return answered(symbol, markets.market(exchange, MarketType.FUTURE).ticker(symbol));
  }

  /** At which exchange bars and prices are asked for where none is named. */
  public Exchange usual() {
    return usual;
  }

  private static <T> T answered(Symbol symbol, Outcome<T> outcome) {
    if (outcome instanceof Accepted<T>(T value)) {
      return value;
    }
    throw new Refusal(
        ErrorCode.UPSTREAM_FAILED,
        "the exchange answers " + outcome.errorCode() + " for " + symbol);
  }
}
