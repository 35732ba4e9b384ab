package io.tollgate.ground;

/** What a caller gave, as a message repeats it: short, on one line, and always Unicode. */
public final class GivenText {
  /** Characters (code points) that are shown. */
  private static final int SHOWN = 40;

  private GivenText() {}

  /** The beginning of the text; control characters and halves of surrogate pairs are {@code ?}. */
  public static String shown(String given) {
    StringBuilder shown = new StringBuilder(Math.min(given.length(), SHOWN + 1));
    given.codePoints().limit(SHOWN).map(GivenText::plain).forEach(shown::appendCodePoint);
    return shown.length() < given.length() ? shown + "…" : shown.toString();
  }

  /**
   * A refusal of what stands in a field.
   *
   * @param expected what may stand there, e.g. {@code a whole number from 1}
   */
  public static Refusal refused(String field, String given, String expected) {
    return new Refusal(
            ErrorCode.INVALID_REQUEST,
            shown(field) + ": " + shown(given) + " (expected: " + expected + ")")
        .ofField(shown(field));
  }

  private static int plain(int codePoint) {
    boolean hidden =
        Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    return hidden ? '?' : codePoint;
  }
}
