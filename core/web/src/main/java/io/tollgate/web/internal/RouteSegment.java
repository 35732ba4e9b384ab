package io.tollgate.web.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One segment of a route's pattern that holds parameters: {@code {user_id}} or {@code
 * {model}:{action}}. Each parameter takes at least one character; between two parameters the last
 * fitting literal divides, so that a model's name may hold a colon.
 *
 * @param names parameters in order
 * @param literals text around them: one before each, and one after the last
 */
record RouteSegment(List<String> names, List<String> literals) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  RouteSegment {
    names = List.copyOf(names);
    literals = List.copyOf(literals);
  }

  static boolean hasParameter(String text) {
    return text.indexOf('{') >= 0;
  }

  static RouteSegment parse(String text) {
    List<String> names = new ArrayList<>();
    List<String> literals = new ArrayList<>();
    int at = 0;
    while (true) {
      int open = text.indexOf('{', at);
      if (open < 0) {
        literals.add(text.substring(at));
        return new RouteSegment(names, literals);
      }
      int close = text.indexOf('}', open);
      String name = close < 0 ? "" : text.substring(open + 1, close);
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "route segment: " + text + " (expected: parameters like {user_id})");
      }
      if (!names.isEmpty() && open == at) {
        throw new IllegalArgumentException(
            "route segment: " + text + " (expected: text between two parameters)");
      }
      literals.add(text.substring(at, open));
      names.add(name);
      at = close + 1;
    }
  }

  /** Whether the decoded segment fits; its parameters are added where it does. */
  boolean match(String segment, Map<String, String> parameters) {
    String first = literals.getFirst();
    String last = literals.getLast();
    int end = segment.length() - last.length();
    if (!segment.startsWith(first) || !segment.endsWith(last) || end <= first.length() - 1) {
      return false;
    }
    int from = first.length();
    String[] values = new String[names.size()];
    for (int i = names.size() - 1; i > 0; i--) {
      String divider = literals.get(i);
      int at = segment.lastIndexOf(divider, end - divider.length() - 1);
      if (at <= from) {
        return false;
      }
      values[i] = segment.substring(at + divider.length(), end);
      end = at;
    }
    if (end <= from) {
      return false;
    }
    values[0] = segment.substring(from, end);
    for (int i = 0; i < values.length; i++) {
      parameters.put(names.get(i), values[i]);
    }
    return true;
  }
}
