package io.tollgate.data;

import java.util.Optional;

/** The witness of the work that this thread does. */
public final class BoundWitness {
  static final ScopedValue<WriteWitness> BOUND = ScopedValue.newInstance();

  private BoundWitness() {}

  /** Empty: nobody wants to see it. */
  public static Optional<WriteWitness> find() {
    return BOUND.isBound() ? Optional.of(BOUND.get()) : Optional.empty();
  }
}
