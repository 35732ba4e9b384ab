package io.tollgate.relay.protocols.batches;

import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Some members of one JSON object: texts decoded, everything else where it lies. */
final class Members {
  private final byte[] bytes;
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, int[]> places = new HashMap<>();
  private final Map<String, JsonToken> tokens = new HashMap<>();

  private Members(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads strict JSON that is one object; of members that come twice the last one counts.
   *
   * @param wanted names of members
   * @throws JsonFault when it is none
   */
  static Members of(byte[] bytes, int from, int to, Set<String> wanted) {
    Members members = new Members(bytes);
    JsonScanner scanner = new JsonScanner(bytes, from, to);
    if (scanner.next() != JsonToken.OBJECT_START) {
      throw new NoObject();
    }
    while (scanner.next() != JsonToken.OBJECT_END) {
      String name = scanner.end() - scanner.start() > 64 ? "" : scanner.text();
      if (!wanted.contains(name)) {
        scanner.skipValue();
        continue;
      }
      JsonToken token = scanner.next();
      int begin = scanner.start();
      if (token == JsonToken.STRING) {
        members.texts.put(name, scanner.text());
      } else {
        members.texts.remove(name);
      }
      scanner.skipRest(token);
      members.places.put(name, new int[] {begin, scanner.end()});
      members.tokens.put(name, token);
    }
    if (scanner.next() != JsonToken.END) {
      throw new NoObject();
    }
    return members;
  }

  /** The bytes are JSON, and no object. */
  static final class NoObject extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoObject() {
      super("no JSON object", null, false, false);
    }
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name)).filter(text -> !text.isEmpty());
  }

  /** Whether there is such a member, and not null. */
  boolean has(String name) {
    JsonToken token = tokens.get(name);
    return token != null && token != JsonToken.NULL;
  }

  OptionalInt number(String name) {
    int[] place = places.get(name);
    if (place == null || tokens.get(name) != JsonToken.NUMBER || place[1] - place[0] > 9) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(
          Integer.parseInt(
              new String(bytes, place[0], place[1] - place[0], StandardCharsets.US_ASCII)));
    } catch (NumberFormatException _) {
      return OptionalInt.empty();
    }
  }

  /** The bytes of an object. */
  Optional<byte[]> object(String name) {
    int[] place = places.get(name);
    return place == null || tokens.get(name) != JsonToken.OBJECT_START
        ? Optional.empty()
        : Optional.of(Arrays.copyOfRange(bytes, place[0], place[1]));
  }
}
