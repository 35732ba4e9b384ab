package io.tollgate.metering.internal.lease;

import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Leg;
import java.time.Duration;

/** A reservation under way: which leg it stands at, and what it has of it. */
final class PendingReservation {
  final LegPlan plan;
  final ReservationListener listener;
  final Reservation reservation = new Reservation();
  private final long latest;
  private long deadline;
  private int next;
  private long rest;
  private long got;

  /** When the wait at the present leg began; when the bank answered, once it has. */
  private long waitingSince;

  /** Whether the bank has answered since the wait at the present leg began. */
  private boolean heard;

  /**
   * The account's last operation when the wait began; only later answers are about this request.
   */
  long sinceNumber;

  /**
   * @param latest when it is given up whatever was heard
   */
  PendingReservation(LegPlan plan, ReservationListener listener, long latest) {
    this.plan = plan;
    this.listener = listener;
    this.latest = latest;
    this.deadline = latest;
    this.rest = plan.price();
  }

  /** The wait at the present leg begins. */
  void waitFrom(long now) {
    waitingSince = now;
    heard = false;
    deadline = latest;
  }

  /** The bank has answered for the first time here: what is waited for now is others. */
  void heard(long now, long until) {
    if (!heard) {
      heard = true;
      waitingSince = now;
      deadline = Math.min(latest, until);
    }
  }

  /** Whether it is time to let another leg stand in for the present one. */
  boolean waitedEnough(LeaseTerms terms, long now) {
    Duration max = heard ? terms.legWait() : terms.legSilence();
    return now - waitingSince >= max.toNanos();
  }

  /** Whether it is time to give up; while another leg can stand in, only when all time is over. */
  boolean isLate(long now) {
    return (mayPassOn() ? latest : deadline) <= now;
  }

  /** Why it is refused when others had something, and did not give it back in time. */
  ReservationListener.Cause tooLate() {
    return atLimit() ? ReservationListener.Cause.OVER_LIMIT : ReservationListener.Cause.NOT_IN_TIME;
  }

  boolean atLimit() {
    return next < plan.limits().size();
  }

  boolean finished() {
    return !atLimit() && (rest == 0 || (plan.partial() && next == legs()));
  }

  AccountId account() {
    int payment = next - plan.limits().size();
    return atLimit() ? plan.limits().get(next) : plan.payment().get(payment);
  }

  /** What the present leg still lacks. */
  long missing() {
    return (atLimit() ? plan.price() : rest) - got;
  }

  void take(long units) {
    got += units;
  }

  /** Whether another leg can stand in for what this one lacks. */
  boolean mayPassOn() {
    return !atLimit() && (plan.partial() || next + 1 < legs());
  }

  private int legs() {
    return plan.limits().size() + plan.payment().size();
  }

  /** Closes the present leg with what it has, which may be nothing. */
  void pass() {
    if (got > 0) {
      Leg leg = new Leg(account(), got);
      if (atLimit()) {
        reservation.addLimit(leg);
      } else {
        reservation.addPayment(leg);
        rest -= got;
      }
    }
    got = 0;
    next++;
  }

  /** Notes that the present leg is passed for want of time: nobody has said that it has no more. */
  void notePassedOver() {
    if (!atLimit() && missing() > 0) {
      reservation.addPassedOver(new Leg(account(), missing()));
    }
  }

  /** Keeps what the present leg has in the reservation, for the undoing. */
  void keepPartial() {
    if (got > 0) {
      reservation.addLimit(new Leg(account(), got));
      got = 0;
    }
  }
}
