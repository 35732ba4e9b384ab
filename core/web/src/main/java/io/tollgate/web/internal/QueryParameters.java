package io.tollgate.web.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a query string, decoded. Immutable. */
public final class QueryParameters {
  private static final int MAX_PARAMETERS = 500;

  private final Map<String, List<String>> values;

  private QueryParameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * @param text what follows the question mark, or nothing
   */
  public static QueryParameters parse(String text) {
    if (text.isEmpty()) {
      return new QueryParameters(Map.of());
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    int count = 0;
    int at = 0;
    while (at <= text.length()) {
      int end = text.indexOf('&', at);
      if (end < 0) {
        end = text.length();
      }
      if (end > at) {
        if (++count > MAX_PARAMETERS) {
          throw new Refusal(
              ErrorCode.INVALID_REQUEST,
              "too many parameters (expected: at most " + MAX_PARAMETERS + ")");
        }
        String part = text.substring(at, end);
        int equals = part.indexOf('=');
        String name = PercentCode.decode(equals < 0 ? part : part.substring(0, equals), true);
        PlainText.require("a parameter's name", name);
        String value = equals < 0 ? "" : value(name, part.substring(equals + 1));
        values.computeIfAbsent(name, unused -> new ArrayList<>(1)).add(value);
      }
      at = end + 1;
    }
    return new QueryParameters(values);
  }

  private static String value(String name, String encoded) {
    String decoded;
    try {
      decoded = PercentCode.decode(encoded, true);
    } catch (Refusal refusal) {
      throw new Refusal(refusal.code(), GivenText.shown(name) + ": " + refusal.sentence(), refusal);
    }
    return PlainText.require(name, decoded);
  }

  /** All of them, by name, in the order in which they were given first. */
  public Map<String, List<String>> all() {
    return values;
  }

  List<String> all(String name) {
    return List.copyOf(values.getOrDefault(name, List.of()));
  }
}
