package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.ground.GivenText;
import io.tollgate.trading.strategies.NumberParameter;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.WholeParameter;

/** What values must be beside one another. */
final class Together {
  private Together() {}

  static void less(StrategySettings settings, WholeParameter lower, WholeParameter upper) {
    if (settings.get(lower) >= settings.get(upper)) {
      throw GivenText.refused(
          lower.name(),
          Integer.toString(settings.get(lower)),
          "less than " + upper.name() + ", which is " + settings.get(upper));
    }
  }

  static void less(StrategySettings settings, NumberParameter lower, NumberParameter upper) {
    if (settings.get(lower) >= settings.get(upper)) {
      throw GivenText.refused(
          lower.name(),
          Double.toString(settings.get(lower)),
          "less than " + upper.name() + ", which is " + settings.get(upper));
    }
  }
}
