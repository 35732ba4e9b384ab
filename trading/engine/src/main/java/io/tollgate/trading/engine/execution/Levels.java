package io.tollgate.trading.engine.execution;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.episode.Episode.Direction;
import java.math.BigDecimal;
import java.util.Optional;

/** Prices at which a position is to be closed, by whoever watches over it. */
public record Levels(Optional<BigDecimal> stop, Optional<BigDecimal> target) {
  /** There are none. */
  public static final Levels NONE = new Levels(Optional.empty(), Optional.empty());

  public Levels {
    requireNonNull(stop, "stop is null");
    requireNonNull(target, "target is null");
  }

  /** Which of them a price has reached: the stop before the target. */
  public Optional<CloseReason> reached(Direction direction, BigDecimal price) {
    boolean rising = direction == Direction.LONG;
    if (stop.filter(level -> isPast(price, level, !rising)).isPresent()) {
      return Optional.of(CloseReason.SL);
    }
    return target.filter(level -> isPast(price, level, rising)).map(_ -> CloseReason.TP);
  }

  /** These where there are some, else the former ones. */
  public Levels over(Levels former) {
    return new Levels(stop.or(former::stop), target.or(former::target));
  }

  private static boolean isPast(BigDecimal price, BigDecimal level, boolean upwards) {
    int side = price.compareTo(level);
    return upwards ? side >= 0 : side <= 0;
  }
}
