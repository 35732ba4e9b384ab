package io.tollgate.sandbox.internal.trading.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The order book of a moment: each level holds 1,000,000 USDT, one tick away from the last.
 *
 * @param bid what a seller gets at once
 * @param ask what a buyer pays at once
 */
public record Quotes(Instrument instrument, BigDecimal bid, BigDecimal ask) {
  private static final BigDecimal DEPTH = BigDecimal.valueOf(1_000_000);

  /** A price and how much there is at it. */
  public record Level(BigDecimal price, BigDecimal quantity) {}

  /** What a taker meets at so many levels from the best. */
  public Level level(boolean buying, int number) {
    BigDecimal away = instrument.tick().multiply(BigDecimal.valueOf(number));
    BigDecimal price = buying ? ask.add(away) : bid.subtract(away);
    if (price.signum() <= 0) {
      return new Level(BigDecimal.ZERO, BigDecimal.ZERO);
    }
    BigDecimal quantity =
        DEPTH
            .divide(price.multiply(instrument.step()), 0, RoundingMode.DOWN)
            .multiply(instrument.step())
            .max(instrument.step());
    return new Level(price, quantity);
  }

  /** The best levels of a side. */
  public List<Level> levels(boolean asks, int count) {
    List<Level> levels = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      Level level = level(asks, number);
      if (level.quantity().signum() > 0) {
        levels.add(level);
      }
    }
    return levels;
  }
}
