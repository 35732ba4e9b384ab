package io.tollgate.trading.engine.execution;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.engine.episode.Episode.Direction;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What a strategy says of a bar. The same strategy, pair, bar, side and intent is one signal,
 * however often it is said.
 *
 * @param strategy its number
 * @param entry price at which it is said; of one that closes it may be missing
 * @param confidence 0 to 100, where one is said
 */
public record SignalDraft(
    long strategy,
    Symbol symbol,
    Side side,
    RiskOrder.Intent intent,
    Optional<BigDecimal> entry,
    Levels levels,
    Optional<BigDecimal> confidence,
    String reason,
    Timeframe timeframe,
    Instant barClosed) {
  private static final int LONGEST_REASON = 1000;

  public SignalDraft {
    requireNonNull(symbol, "symbol is null");
    requireNonNull(side, "side is null");
    requireNonNull(entry, "entry is null");
    requireNonNull(levels, "levels is null");
    requireNonNull(confidence, "confidence is null");
    requireNonNull(timeframe, "timeframe is null");
    requireNonNull(barClosed, "barClosed is null");
    reason = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
    if (intent.enters() && entry.isEmpty()) {
      throw new IllegalArgumentException("entry is missing (expected: a price)");
    }
  }

  /** Of which positions it speaks. */
  public Direction direction() {
    return intent.enters() == (side == Side.BUY) ? Direction.LONG : Direction.SHORT;
  }
}
