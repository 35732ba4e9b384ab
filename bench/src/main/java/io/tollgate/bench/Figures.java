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

  /** A share: 99.9 %. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", share * 100).replaceFirst("\\.?0+$", "") + " %";
  }

  /** With tenths where it is small. */
  static String fine(double figure) {
    return figure < 100 ? tenths(figure) : whole(figure);
  }

  /** The middle, and behind it what was seen at least and at most. */
  static String spread(Spread spread) {
    return fine(spread.median()) + " (" + fine(spread.least()) + "–" + fine(spread.most()) + ")";
  }

  static String times(double figure) {
    return String.format(Locale.ROOT, "%.2f ×", figure);
  }
}
