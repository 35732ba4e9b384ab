package io.tollgate.trading.node.internal.secret;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was taken out of a body, each by the path of its field, as {@code tasks[2].api_secret}.
 * Closing it overwrites everything. For one request, and its threads.
 */
public final class Secrets implements AutoCloseable {
  private final Map<String, char[]> byPath = new HashMap<>();

  Secrets() {}

  void put(String path, char[] text) {
    char[] before = byPath.put(path, text);
    if (before != null) {
      Arrays.fill(before, '\0');
    }
  }

  /** One of them, which stays in here and is not to be kept. */
  public synchronized Optional<char[]> find(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  @Override
  public synchronized void close() {
    byPath.values().forEach(text -> Arrays.fill(text, '\0'));
    byPath.clear();
  }

  @Override
  public String toString() {
    return "Secrets[****]";
  }
}
