package io.tollgate.relay.protocols.anthropic.request;

/**
 * Tells whether the inside of a JSON string is base64, standard or for URLs, padded or not.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4648">RFC 4648</a>
 */
final class Base64Check {
  private Base64Check() {}

  static boolean valid(byte[] bytes, int from, int to) {
    int characters = 0;
    int padding = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '\\' && i + 1 < to && bytes[i + 1] == '/') {
        // a slash may be written as \/
        i++;
        b = '/';
      }
      if (b == '=') {
        padding++;
        continue;
      }
      if (padding > 0 || !isDigit(b)) {
        return false;
      }
      characters++;
    }
    if (characters == 0 || characters % 4 == 1 || padding > 2) {
      return false;
    }
    return padding == 0 || (characters + padding) % 4 == 0;
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
