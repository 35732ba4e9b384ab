package io.tollgate.metering.internal.lease;

import io.tollgate.ledger.Leg;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The reservations of one holder that are under way, each from leg to leg: reserves in memory as
 * far as that goes, lets them wait for the bank in the order they came, gives up what comes too
 * late. Confined to the holder's thread.
 */
final class PendingReservations {
  private final HeldLeases leases;
  private final LeaseRequests requests;
  private final LeaseTerms terms;
  private final Set<LeaseRule> rules;

  PendingReservations(
      HeldLeases leases, LeaseRequests requests, LeaseTerms terms, Set<LeaseRule> rules) {
    this.leases = leases;
    this.requests = requests;
    this.terms = terms;
    this.rules = rules;
  }

  /** A request sets out; its listener hears of it maybe before this returns. */
  void begin(LegPlan plan, ReservationListener listener, long now) {
    advance(new PendingReservation(plan, listener, now + terms.silence().toNanos()), now);
  }

  /** Ends a reservation that was made; answers what was used beyond it. */
  long spend(Reservation reservation, long used, long now) {
    long beyond = consume(reservation, used);
    touched(reservation, now);
    return beyond;
  }

  /** Takes of what is free, unless somebody waits for it. */
  long take(HeldLease lease, long max, long now) {
    if (!lease.waiting.isEmpty() && rules.contains(LeaseRule.WAITER_FIRST)) {
      return 0;
    }
    long taken = Math.min(Math.max(0, lease.free()), max);
    lease.used = Math.addExact(lease.used, taken);
    lease.lastUse = now;
    requests.prefetch(lease, now);
    return taken;
  }

  private long consume(Reservation reservation, long used) {
    for (Leg leg : reservation.limitLegs()) {
      consume(leg, Math.min(used, leg.units()));
    }
    long rest = used;
    for (Leg leg : reservation.paymentLegs()) {
      long taken = Math.min(rest, leg.units());
      consume(leg, taken);
      rest -= taken;
    }
    return rest;
  }

  private void consume(Leg leg, long used) {
    HeldLease lease =
        leases
            .find(leg.account())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "leg of account " + leg.account() + " (expected: ours)"));
    lease.reserved = Math.subtractExact(lease.reserved, leg.units());
    lease.used = Math.addExact(lease.used, used);
  }

  private void touched(Reservation reservation, long now) {
    // an ended reservation changes no more, whatever is served here
    for (Leg leg : reservation.limitLegs()) {
      serve(leases.of(leg.account(), now), now);
    }
    for (Leg leg : reservation.paymentLegs()) {
      serve(leases.of(leg.account(), now), now);
    }
  }

  /** Walks on from leg to leg as far as memory goes; waits where it does not. */
  private void advance(PendingReservation request, long now) {
    while (!request.finished()) {
      HeldLease lease = leases.of(request.account(), now);
      boolean mayTake = lease.waiting.isEmpty() || !rules.contains(LeaseRule.WAITER_FIRST);
      if (mayTake && request.mayPassOn() && lease.knownDry(terms, now)) {
        reserve(lease, request, now);
        request.pass();
        continue;
      }
      if (mayTake && lease.free() >= request.missing()) {
        reserve(lease, request, now);
        request.pass();
        requests.prefetch(lease, now);
        continue;
      }
      if (requests.isClosed()) {
        refuse(request, ReservationListener.Cause.CLOSED);
        return;
      }
      if (!rules.contains(LeaseRule.ASK_FIRST)) {
        reserve(lease, request, now);
        if (pass(request, ReservationListener.Cause.NO_MEANS, now)) {
          continue;
        }
        return;
      }
      await(lease, request, now);
      return;
    }
    request.listener.reserved(request.reservation);
  }

  private void await(HeldLease lease, PendingReservation request, long now) {
    if (rules.contains(LeaseRule.WAITER_FIRST) && lease.waiting.isEmpty()) {
      reserve(lease, request, now);
    }
    request.waitFrom(now);
    request.sinceNumber = lease.number;
    lease.expect(request.missing());
    lease.waiting.add(request);
    pump(lease, now);
  }

  private static void reserve(HeldLease lease, PendingReservation request, long now) {
    long taken = Math.min(Math.max(0, lease.free()), request.missing());
    request.take(taken);
    lease.reserve(taken, now);
  }

  /**
   * Gives up on the present leg: true when the request goes on to the next, false when it ended.
   */
  private boolean pass(PendingReservation request, ReservationListener.Cause cause, long now) {
    if (request.mayPassOn()) {
      request.pass();
      return true;
    }
    refuse(request, request.atLimit() ? ReservationListener.Cause.OVER_LIMIT : cause);
    touched(request.reservation, now);
    return false;
  }

  /**
   * Gives back what a refused request had, and tells its caller. What it set free is not yet given
   * to who waits for it.
   */
  private void refuse(PendingReservation request, ReservationListener.Cause cause) {
    if (rules.contains(LeaseRule.UNDO_LEGS)) {
      request.keepPartial();
      request.reservation.end();
      consume(request.reservation, 0);
    }
    request.listener.refused(cause);
  }

  /** Gives what is free to who waits, in order; then sees what to tell the bank. */
  void serve(HeldLease lease, long now) {
    while (!lease.waiting.isEmpty()) {
      PendingReservation head = lease.waiting.getFirst();
      if (rules.contains(LeaseRule.WAITER_FIRST) || lease.free() >= head.missing()) {
        reserve(lease, head, now);
      }
      if (head.missing() > 0) {
        break;
      }
      lease.waiting.removeFirst();
      head.pass();
      advance(head, now);
    }
    pump(lease, now);
  }

  /**
   * Nobody has anything to give back: who waited when that was asked need not wait longer. One
   * after the other, as what the first gives up may serve the next.
   */
  void passShort(HeldLease lease, long answered, long now) {
    PendingReservation head = lease.waiting.peekFirst();
    while (head != null && head.sinceNumber < answered) {
      lease.waiting.removeFirst();
      reserve(lease, head, now);
      if (pass(head, ReservationListener.Cause.NO_MEANS, now)) {
        advance(head, now);
      }
      serve(lease, now);
      head = lease.waiting.peekFirst();
    }
  }

  /** Who has waited long enough for this leg goes on to the next. */
  void passOnward(HeldLease lease, long now) {
    if (lease.waiting.isEmpty()) {
      return;
    }
    List<PendingReservation> onward = new ArrayList<>();
    lease.waiting.removeIf(
        request -> request.mayPassOn() && request.waitedEnough(terms, now) && onward.add(request));
    for (PendingReservation request : onward) {
      request.notePassedOver();
      if (pass(request, ReservationListener.Cause.NOT_IN_TIME, now)) {
        advance(request, now);
      }
    }
    if (!onward.isEmpty()) {
      serve(lease, now);
    }
  }

  /** Takes all late requests out before any is told: what one sets free must not go to another. */
  void expire(long now) {
    List<PendingReservation> late = new ArrayList<>();
    List<HeldLease> awaited = leases.awaited();
    for (HeldLease lease : awaited) {
      lease.waiting.removeIf(request -> request.isLate(now) && late.add(request));
      leases.waitersChanged(lease);
    }
    for (PendingReservation request : late) {
      boolean answered = leases.of(request.account(), now).answered > request.sinceNumber;
      refuse(request, answered ? request.tooLate() : ReservationListener.Cause.NO_ANSWER);
    }
    if (!late.isEmpty()) {
      late.forEach(request -> touched(request.reservation, now));
      awaited.forEach(lease -> serve(lease, now));
    }
  }

  /** Nothing is let through any more: whoever waits is refused. */
  void refuseAll() {
    List<PendingReservation> waiting = new ArrayList<>();
    for (HeldLease lease : leases.awaited()) {
      waiting.addAll(lease.waiting);
      lease.waiting.clear();
      leases.waitersChanged(lease);
    }
    for (PendingReservation request : waiting) {
      refuse(request, ReservationListener.Cause.CLOSED);
    }
  }

  /** Sees what to tell the bank about a lease. */
  void pump(HeldLease lease, long now) {
    leases.waitersChanged(lease);
    requests.pump(lease, now);
  }
}
