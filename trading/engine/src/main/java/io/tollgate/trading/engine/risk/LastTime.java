package io.tollgate.trading.engine.risk;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** When something happened last. */
public sealed interface LastTime {
  /** It is not known when, nor whether. */
  record Unknown() implements LastTime {}

  /** It never did. */
  record Never() implements LastTime {}

  /** Then. */
  record At(Instant time) implements LastTime {
    public At {
      requireNonNull(time, "time is null");
    }
  }
}
