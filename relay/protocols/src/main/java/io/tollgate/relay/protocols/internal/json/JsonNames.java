package io.tollgate.relay.protocols.internal.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the names of JSON members stand for. A name is found by its length and compared with those
 * few that are as long, so that a document's other names cost next to nothing. Immutable.
 */
public final class JsonNames<V> {
  private final Map<String, V> byName;
  // at the index of a name's length: those that are so long
  private final List<List<Entry<V>>> byLength = new ArrayList<>();

  private JsonNames(Map<String, V> names) {
    byName = Map.copyOf(names);
    byName.forEach(
        (name, value) -> {
          byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
          while (byLength.size() <= ascii.length) {
            byLength.add(new ArrayList<>(2));
          }
          byLength.get(ascii.length).add(new Entry<>(ascii, value));
        });
  }

  private record Entry<V>(byte[] ascii, V value) {}

  /** What the string or name that the scanner is at stands for; null where it is none of these. */
  public @Nullable V find(JsonScanner scanner) {
    if (scanner.escaped()) {
      return byName.get(scanner.text());
    }
    int length = scanner.end() - scanner.start();
    if (length >= byLength.size()) {
      return null;
    }
    List<Entry<V>> candidates = byLength.get(length);
    for (int i = 0; i < candidates.size(); i++) {
      Entry<V> candidate = candidates.get(i);
      if (scanner.spells(candidate.ascii)) {
        return candidate.value;
      }
    }
    return null;
  }

  /** Collects names. */
  public static final class Builder<V> {
    private final Map<String, V> names = new HashMap<>();

    /**
     * @param written names in ASCII, none of them added before
     */
    public Builder<V> add(V value, String... written) {
      for (String name : written) {
        if (names.put(name, value) != null) {
          throw new IllegalArgumentException("name: " + name + " (expected: each name once)");
        }
      }
      return this;
    }

    public JsonNames<V> build() {
      return new JsonNames<>(names);
    }
  }
}
