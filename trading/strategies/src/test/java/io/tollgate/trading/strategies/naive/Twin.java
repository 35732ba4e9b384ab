package io.tollgate.trading.strategies.naive;

import org.jspecify.annotations.Nullable;

/** A strategy from its rule alone: what it says of each bar of a series, null for nothing. */
@FunctionalInterface
public interface Twin {
  @Nullable Said[] say(Series bars, Values values);

  /** A rule that looks at the series, and not at what it has said itself. */
  static @Nullable Said[] each(Series bars, int needed, Rule rule) {
    @Nullable Said[] said = new @Nullable Said[bars.length()];
    for (int i = needed - 1; i < said.length; i++) {
      said[i] = rule.at(i);
    }
    return said;
  }

  /** What is said of the bar of an index. */
  @FunctionalInterface
  interface Rule {
    @Nullable Said at(int i);
  }
}
