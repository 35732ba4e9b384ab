package io.tollgate.trading.strategies.naive;

import java.util.HashMap;
import java.util.Map;

/** The twin of each strategy. */
public final class Twins {
  private static final Map<String, Twin> ALL = all();

  private Twins() {}

  public static Twin of(String code) {
    Twin twin = ALL.get(code);
    if (twin == null) {
      throw new AssertionError("no twin of " + code);
    }
    return twin;
  }

  private static Map<String, Twin> all() {
    Map<String, Twin> all = new HashMap<>(TableTwins.all());
    return all;
  }
}
