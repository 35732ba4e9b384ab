package io.tollgate.relay.protocols.gemini.request;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model's name tells of how it is asked to think. A name that tells nothing is taken for a
 * model of today.
 *
 * @param thinking how it is told
 * @param minBudget fewest tokens of thinking that it takes; above 0 it cannot be told not to
 * @param maxBudget most
 * @param least the least that can be asked for, where it is told by a word
 * @param usual the word for the usual effort
 * @see <a href="https://ai.google.dev/gemini-api/docs/thinking">Thinking</a>
 */
record ModelTraits(Thinking thinking, long minBudget, long maxBudget, String least, String usual) {
  private static final Pattern VERSION = Pattern.compile("gemini-(\\d{1,3})(?:\\.(\\d{1,3}))?");

  /** How a model is told to think. */
  enum Thinking {
    NONE,
    BY_TOKENS,
    BY_WORD
  }

  static ModelTraits of(String model) {
    String name = model.toLowerCase(Locale.ROOT);
    Matcher version = VERSION.matcher(name);
    boolean known = version.find();
    int major = known ? Integer.parseInt(version.group(1)) : 3;
    String minor = known ? version.group(2) : "9";
    boolean pro = name.contains("-pro");
    if (major >= 3) {
      boolean first = major == 3 && minor == null;
      return new ModelTraits(
          Thinking.BY_WORD, 0, 0, pro ? "LOW" : "MINIMAL", pro && first ? "HIGH" : "MEDIUM");
    }
    boolean thinks = major == 2 && "5".equals(minor) && !name.contains("-image");
    if (!thinks) {
      return new ModelTraits(Thinking.NONE, 0, 0, "", "");
    }
    return pro
        ? new ModelTraits(Thinking.BY_TOKENS, 128, 32_768, "", "")
        : new ModelTraits(Thinking.BY_TOKENS, 0, 24_576, "", "");
  }
}
