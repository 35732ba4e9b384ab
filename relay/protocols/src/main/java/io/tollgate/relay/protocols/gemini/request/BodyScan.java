package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import java.nio.charset.StandardCharsets;

/** What the readers of a body say of what they find, and how they read a number. */
final class BodyScan {
  private BodyScan() {}

  /** What is wrong with a body that is not JSON. */
  static RequestFault notJson(byte[] body, JsonFault fault) {
    if (body.length == 0) {
      return RequestFault.malformed("body: empty (expected: a JSON object)");
    }
    if (body.length >= 3 && (body[0] & 0xFF) == 0xEF && (body[1] & 0xFF) == 0xBB) {
      return RequestFault.malformed(
          "body: begins with a byte order mark (expected: a JSON object)");
    }
    return RequestFault.malformed("body: not JSON at byte " + fault.offset() + ": " + fault.what());
  }

  /** A token as a sentence names it. */
  static String name(JsonToken token) {
    return switch (token) {
      case OBJECT_START, OBJECT_END -> "an object";
      case ARRAY_START, ARRAY_END -> "an array";
      case NAME, STRING -> "a string";
      case NUMBER -> "a number";
      case TRUE -> "true";
      case FALSE -> "false";
      case NULL -> "null";
      case END -> "nothing";
    };
  }

  /**
   * The whole number that the scanner is at, from 1: also one that is written as a string or ends
   * in {@code .0}, as Google's parser takes them. One beyond the maximum is cut to it or refused.
   */
  static long whole(
      JsonScanner scanner, byte[] body, JsonToken token, String parameter, long max, boolean cut) {
    String expected =
        cut ? " (expected: a whole number >= 1)" : " (expected: a whole number, 1 to " + max + ")";
    if (token != JsonToken.NUMBER && token != JsonToken.STRING) {
      throw RequestFault.of(parameter, name(token) + expected);
    }
    long value = 0;
    int at = scanner.start();
    while (at < scanner.end() && body[at] >= '0' && body[at] <= '9') {
      value = Math.min(value * 10 + body[at] - '0', Long.MAX_VALUE / 100);
      at++;
    }
    boolean whole = at > scanner.start() && (at == scanner.end() || zeros(body, at, scanner.end()));
    if (!whole || value < 1 || (value > max && !cut)) {
      throw RequestFault.of(parameter, shown(scanner, body) + expected);
    }
    return Math.min(value, max);
  }

  private static boolean zeros(byte[] body, int from, int to) {
    if (body[from] != '.' || from + 1 == to) {
      return false;
    }
    for (int i = from + 1; i < to; i++) {
      if (body[i] != '0') {
        return false;
      }
    }
    return true;
  }

  /** The beginning of a value, for a sentence. */
  static String shown(JsonScanner scanner, byte[] body) {
    int length = Math.min(32, scanner.end() - scanner.start());
    return new String(body, scanner.start(), length, StandardCharsets.UTF_8)
        .replaceAll("\\p{Cntrl}", " ");
  }
}
