package io.tollgate.sandbox.internal.content;

import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.served.Usage;
import io.tollgate.sandbox.internal.steering.Steering;
import io.tollgate.sandbox.internal.steering.Steering.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the provider did itself before it answered, as far as it was steered to. */
public final class Lookups {
  /** Most calls that are shown one by one; the rest is only reported. */
  private static final int MAX_SHOWN = 64;

  private static final Map<Key, Kind> KINDS =
      Map.of(
          Key.WEB_SEARCHES, Kind.WEB_SEARCHES,
          Key.WEB_FETCHES, Kind.WEB_FETCHES,
          Key.FILE_SEARCHES, Kind.FILE_SEARCHES,
          Key.CODE_SESSIONS, Kind.CODE_SESSIONS,
          Key.MAP_SEARCHES, Kind.MAP_SEARCHES);

  private static final List<Kind> SHOWN =
      List.of(Kind.WEB_SEARCHES, Kind.WEB_FETCHES, Kind.FILE_SEARCHES, Kind.CODE_SESSIONS);

  private Lookups() {}

  /** A usage with what was steered. */
  static Usage billed(Usage usage, Steering steering) {
    Usage billed = usage;
    for (Map.Entry<Key, Kind> one : KINDS.entrySet()) {
      billed = billed.with(one.getValue(), steering.get(one.getKey(), 0));
    }
    return billed;
  }

  /** The calls of an answer, one by one: of which kind each is. */
  public static List<Kind> calls(Answer answer) {
    List<Kind> calls = new ArrayList<>();
    for (Kind kind : SHOWN) {
      long count = answer.usage().get(kind);
      for (long i = 0; i < count && calls.size() < MAX_SHOWN; i++) {
        calls.add(kind);
      }
    }
    return calls;
  }
}
