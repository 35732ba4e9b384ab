package io.tollgate.relay.protocols.openai.realtime;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Refuses an event in which an object has a name twice: who reads the first and who reads the last
 * would not let the same thing through.
 */
final class UniqueNames {
  private static final int LONGEST_SHOWN = 40;

  private UniqueNames() {}

  /**
   * @param message JSON
   * @throws RequestFault naming the member, or where there are more than can be looked at
   */
  static void check(byte[] message) {
    JsonScanner scanner = new JsonScanner(message, 0, message.length);
    Deque<Set<String>> open = new ArrayDeque<>();
    int names = 0;
    for (JsonToken token = scanner.next(); token != JsonToken.END; token = scanner.next()) {
      switch (token) {
        case OBJECT_START -> open.push(new HashSet<>());
        case OBJECT_END -> open.pop();
        case NAME -> {
          if (++names > JsonTree.MAX_VALUES) {
            throw RequestFault.malformed(
                "event: more than " + JsonTree.MAX_VALUES + " members (expected: fewer)");
          }
          String name = scanner.text();
          if (!open.element().add(name)) {
            throw RequestFault.of(shown(name), "given twice (expected: once)");
          }
        }
        case ARRAY_START, ARRAY_END, STRING, NUMBER, TRUE, FALSE, NULL, END -> {}
      }
    }
  }

  private static String shown(String name) {
    return name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "…";
  }
}
