package io.tollgate.bench.report;

import io.tollgate.bench.load.FigureSpread;
import java.util.Locale;

/** Numbers as the reports show them. */
public final class FigureText {
  private FigureText() {}

  public static String tenths(double figure) {
    return String.format(Locale.ROOT, "%.1f", figure);
  }

  public static String whole(double figure) {
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
  public static String spread(FigureSpread spread) {
    return fine(spread.median()) + " (" + fine(spread.least()) + "–" + fine(spread.max()) + ")";
  }

  public static String times(double figure) {
    return String.format(Locale.ROOT, "%.2f ×", figure);
  }
}
