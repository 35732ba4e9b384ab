package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.trading.strategies.SignalType;
import io.tollgate.trading.strategies.StrategyOutput;
import io.tollgate.trading.strategies.internal.StateCopy;
import java.util.Optional;

/** What one part of a portfolio has last said, while it counts. */
final class Vote {
  private final int lasts;
  private int side;
  private int age;
  private double confidence;
  private double stop;
  private double target;

  /** A vote counts in the bar it comes with and so many less one after it. */
  Vote(int lasts) {
    this.lasts = lasts;
  }

  /** A bar has passed, of which the part said this. */
  void pass(Optional<StrategyOutput> said) {
    if (said.isPresent() && said.get().type() == SignalType.OPEN && said.get().side().isPresent()) {
      StrategyOutput output = said.get();
      side = output.side().get().sign();
      age = 0;
      confidence = output.confidence().orElse(0);
      stop = output.stopLoss().orElse(Double.NaN);
      target = output.takeProfit().orElse(Double.NaN);
    } else if (side != 0 && ++age >= lasts) {
      side = 0;
    }
  }

  /** 1 to buy, −1 to sell, 0 where there is none. */
  int side() {
    return side;
  }

  boolean fresh() {
    return side != 0 && age == 0;
  }

  double confidence() {
    return confidence;
  }

  /** NaN where there is none. */
  double stop() {
    return stop;
  }

  /** NaN where there is none. */
  double target() {
    return target;
  }

  void clear() {
    side = 0;
  }

  void state(StateCopy copy) {
    side = copy.within(side, -1, 1);
    age = copy.within(age, 0, lasts);
    confidence = copy.number(confidence);
    stop = copy.number(stop);
    target = copy.number(target);
  }
}
