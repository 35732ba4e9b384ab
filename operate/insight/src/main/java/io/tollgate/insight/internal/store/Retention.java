package io.tollgate.insight.internal.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Up to when requests are to be removed.
 *
 * @param usual those that arrived before, of nobody or of a tenant that has no time of its own
 * @param ofTenants by the number of a tenant that has
 */
public record Retention(Instant usual, Map<Long, Instant> ofTenants) {
  public Retention {
    requireNonNull(usual, "usual is null");
    ofTenants = Map.copyOf(ofTenants);
  }

  /** All of its times. */
  public List<Instant> bounds() {
    return Stream.concat(Stream.of(usual), ofTenants.values().stream()).toList();
  }

  /** The same for everybody. */
  public static Retention of(Instant usual) {
    return new Retention(usual, Map.of());
  }
}
