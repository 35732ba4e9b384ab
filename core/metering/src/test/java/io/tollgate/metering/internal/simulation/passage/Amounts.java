package io.tollgate.metering.internal.simulation.passage;

/** An account in the model database. */
final class Amounts {
  long available;
  long held;

  Amounts(long available, long held) {
    this.available = available;
    this.held = held;
  }

  Amounts copy() {
    return new Amounts(available, held);
  }

  /** Moves from available to held; negative gives back. */
  void hold(long units) {
    available = Math.subtractExact(available, units);
    held = Math.addExact(held, units);
  }
}
