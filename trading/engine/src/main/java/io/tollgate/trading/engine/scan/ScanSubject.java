package io.tollgate.trading.engine.scan;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.strategies.SignalStrategy;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategySettings;
import java.time.Duration;

/**
 * A strategy on one pair.
 *
 * @param strategy its number
 * @param code by which it is sold
 * @param kind of which it is
 * @param settings that were read by that kind
 * @param exchange whose bars it sees
 * @param cooldown that it asks for after a signal
 */
public record ScanSubject(
    long strategy,
    String code,
    StrategyKind kind,
    StrategySettings settings,
    Exchange exchange,
    MarketType market,
    Symbol symbol,
    Timeframe timeframe,
    Duration cooldown) {
  private static final int HISTORY_LEAST = 500;
  private static final int HISTORY_MOST = 1_500;
  private static final int HISTORY_TIMES = 10;

  public ScanSubject {
    requireNonNull(code, "code is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(settings, "settings is null");
    requireNonNull(exchange, "exchange is null");
    requireNonNull(market, "market is null");
    requireNonNull(symbol, "symbol is null");
    requireNonNull(timeframe, "timeframe is null");
    requireNonNull(cooldown, "cooldown is null");
  }

  /** Puts the strategy to work; it has seen no bar yet. */
  SignalStrategy start() {
    return kind.start(symbol.toString(), timeframe, settings);
  }

  /** Everything that its state depends on. */
  String identity() {
    return exchange.code()
        + " "
        + market.code()
        + " "
        + symbol
        + " "
        + timeframe.code()
        + " "
        + kind.code()
        + " "
        + settings.values();
  }

  /** Whether the other is the same strategy on the same pair, set in the same way. */
  public boolean sameAs(ScanSubject other) {
    return strategy == other.strategy
        && code.equals(other.code)
        && cooldown.equals(other.cooldown)
        && identity().equals(other.identity());
  }

  /** Bars before now from which it begins: so many that what was before them does not matter. */
  public int history() {
    return Math.clamp((long) HISTORY_TIMES * start().bars(), HISTORY_LEAST, HISTORY_MOST);
  }
}
