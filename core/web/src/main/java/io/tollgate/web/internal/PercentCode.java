package io.tollgate.web.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986), read strictly: what is not hexadecimal or not UTF-8 is refused. */
final class PercentCode {
  private PercentCode() {}

  /**
   * Refuses text with an escape that is none.
   *
   * @throws Refusal {@code INVALID_REQUEST}
   */
  static void check(String text) {
    if (text.indexOf('%') >= 0) {
      String unused = decode(text, false);
    }
  }

  static String decode(String text, boolean plusIsSpace) {
    if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
      return text;
    }
    ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        if (i + 2 >= text.length()) {
          throw malformed(text);
        }
        int high = Character.digit(text.charAt(i + 1), 16);
        int low = Character.digit(text.charAt(i + 2), 16);
        if (high < 0 || low < 0) {
          throw malformed(text);
        }
        bytes.put((byte) (high << 4 | low));
        i += 2;
      } else if (c == '+' && plusIsSpace) {
        bytes.put((byte) ' ');
      } else {
        bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw malformed(text);
    }
  }

  private static Refusal malformed(String text) {
    // a query may hold a key: the text itself is not shown
    return new Refusal(
        ErrorCode.INVALID_REQUEST,
        "malformed percent-encoding in the address (expected: %XX of UTF-8; "
            + text.length()
            + " characters given)");
  }
}
