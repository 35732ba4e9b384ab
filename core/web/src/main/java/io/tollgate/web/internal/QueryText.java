package io.tollgate.web.internal;

import io.tollgate.ground.Refusal;
import io.tollgate.telemetry.WithheldMessages;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The text of a request's query, which may hold a key: as it was sent, and each name and value in
 * it as it is decoded. Immutable.
 */
public final class QueryText {
  /** Shorter parts are in many texts by chance, and are no keys. */
  private static final int SHORTEST = 4;

  private final Set<String> parts;

  private QueryText(Set<String> parts) {
    this.parts = Set.copyOf(parts);
  }

  public static QueryText of(String query) {
    Set<String> parts = new HashSet<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      List<String> pieces =
          equals < 0
              ? List.of(parameter)
              : List.of(parameter.substring(0, equals), parameter.substring(equals + 1));
      for (String piece : pieces) {
        parts.add(piece);
        try {
          parts.add(PercentCode.decode(piece, true));
        } catch (Refusal malformed) {
          // what cannot be decoded is only looked for as it was sent
          parts.add(parameter);
        }
      }
    }
    parts.removeIf(part -> part.length() < SHORTEST);
    return new QueryText(parts);
  }

  /** A failure as it may be logged: without messages that hold text of the query. */
  public Throwable withheldFrom(Throwable failure) {
    return WithheldMessages.of(failure, this::isIn);
  }

  private boolean isIn(String message) {
    return parts.stream().anyMatch(message::contains);
  }
}
