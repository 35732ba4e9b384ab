package io.tollgate.sandbox.internal.content;

/**
 * The text of an answer: a function of a seed and a position, in which every piece is exactly one
 * token of o200k_base and of cl100k_base, alone and in its place. So whoever counts the text finds
 * what the sandbox bills.
 */
public final class Words {
  private static final int SENTENCE = 13;
  private static final String[] OPENERS = {
    "The", "This", "When", "Here", "Every", "Most", "Some", "With", "After", "Before", "Each",
    "One", "Many", "Our", "In", "On"
  };
  private static final String[] WORDS = {
    "time",
    "water",
    "house",
    "light",
    "number",
    "people",
    "work",
    "place",
    "world",
    "system",
    "small",
    "large",
    "right",
    "still",
    "first",
    "great",
    "under",
    "over",
    "between",
    "again",
    "never",
    "always",
    "while",
    "other",
    "might",
    "could",
    "would",
    "should",
    "because",
    "through",
    "where",
    "there",
    "answer",
    "question",
    "change",
    "point",
    "power",
    "level",
    "state",
    "result",
    "reason",
    "order",
    "group",
    "field",
    "value",
    "price",
    "market",
    "paper",
    "story",
    "music",
    "river",
    "morning",
    "night",
    "garden",
    "window",
    "street",
    "city",
    "country",
    "family",
    "friend",
    "teacher",
    "student",
    "school",
    "office"
  };
  private static final String[] SPACED_OPENERS = spaced(OPENERS);
  private static final String[] SPACED_WORDS = spaced(WORDS);

  private Words() {}

  /** The piece at a position, from 0. */
  public static String at(long seed, int position) {
    int place = position % SENTENCE;
    if (place == SENTENCE - 1) {
      return ".";
    }
    int pick = (int) Seeds.mix(seed + position);
    if (position == 0) {
      return OPENERS[pick & (OPENERS.length - 1)];
    }
    return place == 0
        ? SPACED_OPENERS[pick & (OPENERS.length - 1)]
        : SPACED_WORDS[pick & (WORDS.length - 1)];
  }

  private static String[] spaced(String[] words) {
    String[] spaced = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      spaced[i] = " " + words[i];
    }
    return spaced;
  }
}
