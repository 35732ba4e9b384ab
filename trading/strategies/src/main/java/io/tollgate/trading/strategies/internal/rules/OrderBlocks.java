package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.internal.StateCopy;
import io.tollgate.trading.strategies.internal.indicators.Past;

/**
 * The zone of orders that a move upwards has left behind (or, mirrored, one downwards): the last
 * falling bar with a real body before a gap in value, which is a bar whose low is above the high of
 * two bars before. It is there until a close falls through it, or it is used, or too old.
 */
final class OrderBlocks {
  private static final int GAP = 2;

  private final int sign;
  private final int lookback;
  private final double body;
  private final double gap;
  private boolean there;
  private int age;
  private double near;
  private double far;

  OrderBlocks(SignalSide side, int lookback, double body, double gap) {
    this.sign = side.sign();
    this.lookback = lookback;
    this.body = body;
    this.gap = gap;
  }

  /** A bar has passed: an older zone may have ended with it. */
  void pass(double close) {
    if (there && (++age > lookback || sign * (close - far) < 0)) {
      there = false;
    }
  }

  /** Whether the bar reached into the zone; its extreme is its low, or mirrored its high. */
  boolean reached(double extreme) {
    return there && sign * (extreme - near) <= 0;
  }

  void use() {
    there = false;
  }

  /** Looks whether the newest of the bars makes a new zone. */
  void look(Past opens, Past highs, Past lows, Past closes) {
    double edge = sign > 0 ? lows.get(0) : highs.get(0);
    double before = sign > 0 ? highs.get(GAP) : lows.get(GAP);
    double width = sign * (edge - before);
    if (!(width > 0 && width / closes.get(0) >= gap)) {
      return;
    }
    for (int ago = GAP; ago < GAP + lookback; ago++) {
      double against = sign * (opens.get(ago) - closes.get(ago));
      if (against > 0 && against / (highs.get(ago) - lows.get(ago)) >= body) {
        there = true;
        age = 0;
        near = sign > 0 ? highs.get(ago) : lows.get(ago);
        far = sign > 0 ? lows.get(ago) : highs.get(ago);
        return;
      }
    }
  }

  void state(StateCopy copy) {
    there = copy.flag(there);
    age = copy.within(age, 0, lookback + 1);
    near = copy.number(near);
    far = copy.number(far);
  }
}
