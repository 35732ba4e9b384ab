package io.tollgate.web.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import java.util.Optional;

/**
 * Text that can be kept and compared as it is: Unicode without NUL, which PostgreSQL has no place
 * for, and without half of a surrogate pair, which UTF-8 cannot write. All texts of a request are
 * looked at here when it is read, so that no route meets another one.
 */
public final class PlainText {
  private PlainText() {}

  /**
   * The text, if it is plain.
   *
   * @param field names it to the caller; it may be longer than is shown
   * @throws Refusal {@code INVALID_REQUEST} naming the field
   */
  public static String require(String field, String text) {
    Optional<String> fault = fault(text);
    if (fault.isPresent()) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          GivenText.shown(field)
              + ": has "
              + fault.get()
              + " (expected: Unicode text without NUL)");
    }
    return text;
  }

  private static Optional<String> fault(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return Optional.of("a NUL character");
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return Optional.of("half of a surrogate pair");
        }
        i++;
      }
    }
    return Optional.empty();
  }
}
