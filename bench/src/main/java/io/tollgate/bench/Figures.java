package io.tollgate.bench;

import java.util.Locale;

/** Numbers as the reports show them. */
final class Figures {
  private Figures() {}

  static String tenths(double figure) {
    return String.format(Locale.ROOT, "%.1f", figure);
  }

  static String whole(double figure) {
    return String.format(Locale.ROOT, "%,d", Math.round(figure));
  }

  /** The middle, and behind it what was seen at least and at most. */
  static String spread(Spread spread) {
    return whole(spread.median()) + " (" + whole(spread.least()) + "–" + whole(spread.most()) + ")";
  }

  static String times(double figure) {
    return String.format(Locale.ROOT, "%.2f ×", figure);
  }
}
