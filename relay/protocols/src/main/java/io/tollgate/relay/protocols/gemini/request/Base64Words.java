package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.Arrays;

/**
 * Checks base64 as Google's parser does, which takes both alphabets, padded or not, and writes it
 * the one way that everybody takes.
 */
final class Base64Words {
  private Base64Words() {}

  /**
   * @throws RequestFault where it is none
   */
  static void require(JsonString text, String path) {
    int wrong = firstWrong(text);
    if (text.isEmpty()) {
      throw RequestFault.of(path, "empty (expected: base64)");
    }
    if (wrong >= 0) {
      throw RequestFault.of(
          path,
          "not base64 at character "
              + (wrong - text.from())
              + " (expected: base64, without the beginning of a data URL)");
    }
  }

  /** Whether it is base64, of at least one byte. */
  static boolean isBase64(JsonString text) {
    return !text.isEmpty() && firstWrong(text) < 0;
  }

  /** The same in the standard alphabet and padded; the text itself where it is so already. */
  static JsonString standard(JsonString text) {
    if (isStandard(text)) {
      return text;
    }
    byte[] plain = text.utf8();
    int length = plain.length;
    while (length > 0 && plain[length - 1] == '=') {
      length--;
    }
    byte[] standard = Arrays.copyOf(plain, (length + 3) / 4 * 4);
    for (int i = 0; i < standard.length; i++) {
      byte b = i < length ? standard[i] : (byte) '=';
      standard[i] = b == '-' ? (byte) '+' : b == '_' ? (byte) '/' : b;
    }
    return new JsonString(standard, 0, standard.length, false);
  }

  private static boolean isStandard(JsonString text) {
    if (text.escaped() || text.length() % 4 != 0) {
      return false;
    }
    byte[] bytes = text.bytes();
    for (int i = text.from(); i < text.to(); i++) {
      if (bytes[i] == '-' || bytes[i] == '_') {
        return false;
      }
    }
    return true;
  }

  /** Offset of the first byte that cannot be; -1 where there is none. */
  private static int firstWrong(JsonString text) {
    byte[] bytes = text.bytes();
    int at = text.from();
    int characters = 0;
    while (at < text.to()) {
      // a slash may be written as \/
      boolean escapedSlash = bytes[at] == '\\' && at + 1 < text.to() && bytes[at + 1] == '/';
      if (!escapedSlash && !isDigit(bytes[at])) {
        break;
      }
      characters++;
      at += escapedSlash ? 2 : 1;
    }
    int padding = 0;
    while (at < text.to() && bytes[at] == '=' && padding < 2) {
      padding++;
      at++;
    }
    boolean whole = padding == 0 ? characters % 4 != 1 : (characters + padding) % 4 == 0;
    return at < text.to() ? at : whole ? -1 : at;
  }

  private static boolean isDigit(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '+'
        || b == '/'
        || b == '-'
        || b == '_';
  }
}
