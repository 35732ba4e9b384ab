package io.tollgate.billing.internal.recharge;

/** Text of others, as much of it as a column holds. */
final class ShortText {
  private ShortText() {}

  static String of(String text, int max) {
    StringBuilder kept = new StringBuilder();
    text.codePoints()
        .limit(max)
        .map(
            c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }
}
