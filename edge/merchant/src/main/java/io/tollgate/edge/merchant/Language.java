package io.tollgate.edge.merchant;

import java.util.Locale;
import java.util.Optional;

/** In which sentences are written. */
enum Language {
  CHINESE,
  ENGLISH;

  /** Parts of the header that are looked at. */
  private static final int PARTS = 20;

  /**
   * The language that a caller reads best.
   *
   * @param acceptLanguage as sent (RFC 9110, 12.5.4); Chinese where it names none of ours
   */
  static Language of(Optional<String> acceptLanguage) {
    Language best = CHINESE;
    double bestWeight = 0;
    String[] parts = acceptLanguage.orElse("").split(",", PARTS + 1);
    for (int i = 0; i < Math.min(parts.length, PARTS); i++) {
      String[] pieces = parts[i].strip().split(";", -1);
      String range = pieces[0].strip().toLowerCase(Locale.ROOT);
      double weight = weight(pieces);
      Optional<Language> named = named(range);
      if (named.isPresent() && weight > bestWeight) {
        best = named.get();
        bestWeight = weight;
      }
    }
    return best;
  }

  private static Optional<Language> named(String range) {
    if (range.equals("zh") || range.startsWith("zh-")) {
      return Optional.of(CHINESE);
    }
    return range.equals("en") || range.startsWith("en-") ? Optional.of(ENGLISH) : Optional.empty();
  }

  private static double weight(String[] pieces) {
    for (int i = 1; i < pieces.length; i++) {
      String piece = pieces[i].strip();
      if (piece.startsWith("q=")) {
        try {
          double weight = Double.parseDouble(piece.substring(2));
          return weight >= 0 && weight <= 1 ? weight : 0;
        } catch (NumberFormatException _) {
          return 0;
        }
      }
    }
    return 1;
  }
}
