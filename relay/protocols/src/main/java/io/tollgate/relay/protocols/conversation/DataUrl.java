package io.tollgate.relay.protocols.conversation;

import io.tollgate.relay.protocols.internal.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Data URLs of base64, such as {@code data:image/png;base64,…}, and the base64 in them. */
public final class DataUrl {
  private static final int MAX_TYPE_LENGTH = 128;
  private static final String SCHEME = "data:";
  private static final String MARK = ";base64";

  private DataUrl() {}

  /** What a data URL holds; empty where the text is none, or no base64. */
  public static Optional<Media.Inline> read(JsonString url) {
    byte[] bytes = url.bytes();
    int comma = url.from();
    int typeEnd = Math.min(url.to(), url.from() + SCHEME.length() + MAX_TYPE_LENGTH);
    while (comma < typeEnd && bytes[comma] != ',') {
      comma++;
    }
    if (comma == typeEnd) {
      return Optional.empty();
    }
    String head =
        new String(bytes, url.from(), comma - url.from(), StandardCharsets.UTF_8)
            .replace("\\/", "/")
            .toLowerCase(Locale.ROOT);
    JsonString data = new JsonString(bytes, comma + 1, url.to(), url.escaped());
    if (!head.startsWith(SCHEME) || !head.endsWith(MARK) || !isBase64(data)) {
      return Optional.empty();
    }
    String type = head.substring(SCHEME.length(), head.length() - MARK.length());
    int parameters = type.indexOf(';');
    return Optional.of(
        new Media.Inline(parameters < 0 ? type : type.substring(0, parameters), plain(data)));
  }

  /** Whether a text is the address of something on the web. */
  public static boolean isAddress(JsonString text) {
    return startsWith(text, "https:") || startsWith(text, "http:");
  }

  /** Whether a text is base64, of the common alphabet, with its padding. */
  public static boolean isBase64(JsonString text) {
    JsonString plain = plain(text);
    byte[] bytes = plain.bytes();
    int to = plain.to();
    int padding = 0;
    while (padding < 2 && to > plain.from() && bytes[to - 1] == '=') {
      to--;
      padding++;
    }
    if (plain.isEmpty() || plain.length() % 4 != 0) {
      return false;
    }
    for (int i = plain.from(); i < to; i++) {
      if (!isOfAlphabet(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfAlphabet(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '+'
        || b == '/';
  }

  /** Some write the slashes of base64 as {@code \/}. */
  private static JsonString plain(JsonString text) {
    if (!text.escaped()) {
      return text;
    }
    byte[] plain = text.utf8();
    return new JsonString(plain, 0, plain.length, false);
  }

  private static boolean startsWith(JsonString text, String prefix) {
    int length = Math.min(text.length(), prefix.length() + 2);
    return new String(text.bytes(), text.from(), length, StandardCharsets.UTF_8)
        .toLowerCase(Locale.ROOT)
        .startsWith(prefix);
  }
}
