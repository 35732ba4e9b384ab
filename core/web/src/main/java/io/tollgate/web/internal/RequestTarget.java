package io.tollgate.web.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * What a request asks for, taken from its first line.
 *
 * @param rawPath the path as sent, without query; {@code *} for {@code OPTIONS *}
 * @param rawQuery what follows the question mark; empty when there is none
 */
record RequestTarget(String rawPath, String rawQuery) {
  static RequestTarget parse(String uri) {
    String rest = uri;
    if (!rest.startsWith("/") && !rest.equals("*")) {
      // absolute form, as a proxy sends it: http://host/path
      int scheme = rest.indexOf("://");
      int slash = scheme < 0 ? -1 : rest.indexOf('/', scheme + 3);
      rest = slash < 0 ? "/" : rest.substring(slash);
    }
    int fragment = rest.indexOf('#');
    if (fragment >= 0) {
      rest = rest.substring(0, fragment);
    }
    int question = rest.indexOf('?');
    return question < 0
        ? new RequestTarget(rest, "")
        : new RequestTarget(rest.substring(0, question), rest.substring(question + 1));
  }

  /** The segments of the path, decoded one by one, so that {@code %2F} stays inside its segment. */
  List<String> decodedSegments() {
    List<String> segments = segments(rawPath);
    if (rawPath.indexOf('%') < 0) {
      return segments;
    }
    List<String> decoded = new ArrayList<>(segments.size());
    for (String segment : segments) {
      decoded.add(PercentCode.decode(segment, false));
    }
    return decoded;
  }

  static List<String> segments(String path) {
    List<String> segments = new ArrayList<>(8);
    int at = 1;
    while (at <= path.length()) {
      int slash = path.indexOf('/', at);
      if (slash < 0) {
        segments.add(path.substring(at));
        break;
      }
      segments.add(path.substring(at, slash));
      at = slash + 1;
    }
    return segments;
  }
}
