package io.tollgate.sandbox.internal.json;

/** JSON strings, written by hand: an answer is mostly fixed text around a few of them. */
public final class JsonText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private JsonText() {}

  public static void quote(StringBuilder json, String text) {
    json.append('"');
    escape(json, text);
    json.append('"');
  }

  public static void quoteOrNull(StringBuilder json, String text) {
    if (text.isEmpty()) {
      json.append("null");
    } else {
      quote(json, text);
    }
  }

  /** The inside of a JSON string, without its quotes. */
  public static void escape(StringBuilder json, String text) {
    if (isPlain(text)) {
      json.append(text);
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c >= 0x20) {
        json.append(c);
      } else if (c == '\n') {
        json.append("\\n");
      } else {
        json.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 0xf]);
      }
    }
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\' || c < 0x20) {
        return false;
      }
    }
    return true;
  }
}
