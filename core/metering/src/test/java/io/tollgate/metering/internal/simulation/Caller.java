package io.tollgate.metering.internal.simulation;

import io.tollgate.metering.internal.lease.LegPlan;
import io.tollgate.metering.internal.lease.Reservation;
import io.tollgate.metering.internal.lease.ReservationListener;
import java.util.Optional;
import java.util.function.Consumer;

/** One request: what it wanted, and what it was told. */
final class Caller implements ReservationListener {
  final LegPlan plan;
  final long startedAt;
  private final Runnable onRefusal;
  private Optional<Reservation> reservation = Optional.empty();
  private Optional<Cause> cause = Optional.empty();

  Caller(LegPlan plan, long startedAt, Consumer<Caller> onRefusal) {
    this.plan = plan;
    this.startedAt = startedAt;
    this.onRefusal = () -> onRefusal.accept(this);
  }

  @Override
  public void reserved(Reservation made) {
    once();
    reservation = Optional.of(made);
  }

  @Override
  public void refused(Cause why) {
    once();
    cause = Optional.of(why);
    if (why != Cause.CLOSED) {
      onRefusal.run();
    }
  }

  private void once() {
    if (answered()) {
      throw new Violation("a request was answered twice");
    }
  }

  boolean answered() {
    return reservation.isPresent() || cause.isPresent();
  }

  Optional<Reservation> reservation() {
    return reservation;
  }

  Optional<Cause> cause() {
    return cause;
  }
}
