package io.tollgate.relay.protocols.forms;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The value of a header with parameters, such as {@code form-data; name="file"}. Read strictly: a
 * parameter that is there twice, or cannot be read in one way only, makes it unreadable.
 *
 * @param value what comes before the parameters, in small letters
 * @param parameters by name in small letters
 */
record HeaderParameters(String value, Map<String, String> parameters) {
  private static final int MAX_PARAMETERS = 16;

  /** Nothing where it cannot be read. */
  static Optional<HeaderParameters> of(String text) {
    int end = text.indexOf(';');
    String value = (end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    Map<String, String> parameters = new HashMap<>();
    int at = end;
    while (at >= 0 && at < text.length()) {
      // at a semicolon
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        return text.substring(at + 1).isBlank()
            ? Optional.of(new HeaderParameters(value, parameters))
            : Optional.empty();
      }
      String name = text.substring(at + 1, equals).strip().toLowerCase(Locale.ROOT);
      if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c == '"' || c == ';')) {
        return Optional.empty();
      }
      StringBuilder content = new StringBuilder();
      at = readContent(text, equals + 1, content);
      if (at < -1
          || parameters.put(name, content.toString()) != null
          || parameters.size() > MAX_PARAMETERS) {
        return Optional.empty();
      }
    }
    return Optional.of(new HeaderParameters(value, parameters));
  }

  /**
   * @return place of the semicolon after it; -1 where nothing follows, -2 where it cannot be read
   */
  private static int readContent(String text, int from, StringBuilder content) {
    if (from >= text.length() || text.charAt(from) != '"') {
      int end = text.indexOf(';', from);
      String token = (end < 0 ? text.substring(from) : text.substring(from, end)).strip();
      content.append(token);
      return token.indexOf('"') >= 0 || token.indexOf(' ') >= 0 ? -2 : end;
    }
    int at = from + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      boolean escape =
          text.charAt(at) == '\\'
              && at + 1 < text.length()
              && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '\\');
      at += escape ? 1 : 0;
      content.append(text.charAt(at++));
    }
    if (at >= text.length()) {
      return -2;
    }
    at++;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at == text.length() ? -1 : text.charAt(at) == ';' ? at : -2;
  }
}
