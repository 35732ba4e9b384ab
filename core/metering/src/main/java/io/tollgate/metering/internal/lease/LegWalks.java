package io.tollgate.metering.internal.lease;

import io.tollgate.ledger.Leg;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The requests of one holder on their way from leg to leg: reserves in memory as far as that goes,
 * lets them wait for the bank in the order they came, gives up what comes too late. Confined to the
 * holder's thread.
 */
final class LegWalks {
  private final HeldLeases leases;
  private final LeaseDesk desk;
  private final LeaseTerms terms;
  private final Set<Rule> rules;

  LegWalks(HeldLeases leases, LeaseDesk desk, LeaseTerms terms, Set<Rule> rules) {
    this.leases = leases;
    this.desk = desk;
    this.terms = terms;
    this.rules = rules;
  }

  /** A request sets out; its listener hears of it maybe before this returns. */
  void begin(LegPlan plan, ReservationListener listener, long now) {
    advance(new LegWalk(plan, listener, now + terms.silence().toNanos()), now);
  }

  /** Ends a reservation that was made; answers what was used beyond it. */
  long settle(Reservation reservation, long used, long now) {
    long beyond = consume(reservation, used);
    touched(reservation, now);
    return beyond;
  }

  /** Takes of what is free, unless somebody waits for it. */
  long take(HeldLease lease, long most, long now) {
    if (!lease.waiting.isEmpty() && rules.contains(Rule.WAITER_FIRST)) {
      return 0;
    }
    long taken = Math.min(Math.max(0, lease.free()), most);
    lease.used = Math.addExact(lease.used, taken);
    lease.lastUse = now;
    desk.prefetch(lease, now);
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
  private void advance(LegWalk walk, long now) {
    while (!walk.finished()) {
      HeldLease lease = leases.of(walk.account(), now);
      boolean mayTake = lease.waiting.isEmpty() || !rules.contains(Rule.WAITER_FIRST);
      if (mayTake && walk.mayPassOn() && lease.knownDry(terms, now)) {
        reserve(lease, walk, now);
        walk.pass();
        continue;
      }
      if (mayTake && lease.free() >= walk.missing()) {
        reserve(lease, walk, now);
        walk.pass();
        desk.prefetch(lease, now);
        continue;
      }
      if (desk.isClosed()) {
        refuse(walk, ReservationListener.Cause.CLOSED);
        return;
      }
      if (!rules.contains(Rule.ASK_FIRST)) {
        reserve(lease, walk, now);
        if (pass(walk, ReservationListener.Cause.NO_MEANS, now)) {
          continue;
        }
        return;
      }
      await(lease, walk, now);
      return;
    }
    walk.listener.reserved(walk.reservation);
  }

  private void await(HeldLease lease, LegWalk walk, long now) {
    if (rules.contains(Rule.WAITER_FIRST) && lease.waiting.isEmpty()) {
      reserve(lease, walk, now);
    }
    walk.waitFrom(now);
    walk.sinceNumber = lease.number;
    lease.expect(walk.missing());
    lease.waiting.add(walk);
    pump(lease, now);
  }

  private static void reserve(HeldLease lease, LegWalk walk, long now) {
    long taken = Math.min(Math.max(0, lease.free()), walk.missing());
    walk.take(taken);
    lease.reserve(taken, now);
  }

  /** Gives up on the present leg: true when the walk goes on to the next, false when it ended. */
  private boolean pass(LegWalk walk, ReservationListener.Cause cause, long now) {
    if (walk.mayPassOn()) {
      walk.pass();
      return true;
    }
    refuse(walk, walk.atLimit() ? ReservationListener.Cause.OVER_LIMIT : cause);
    touched(walk.reservation, now);
    return false;
  }

  /** Undoes a walk and tells. What it set free is not yet given to who waits for it. */
  private void refuse(LegWalk walk, ReservationListener.Cause cause) {
    if (rules.contains(Rule.UNDO_LEGS)) {
      walk.keepPartial();
      walk.reservation.end();
      consume(walk.reservation, 0);
    }
    walk.listener.refused(cause);
  }

  /** Gives what is free to who waits, in order; then sees what to tell the bank. */
  void serve(HeldLease lease, long now) {
    while (!lease.waiting.isEmpty()) {
      LegWalk head = lease.waiting.getFirst();
      if (rules.contains(Rule.WAITER_FIRST) || lease.free() >= head.missing()) {
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
    LegWalk head = lease.waiting.peekFirst();
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
    List<LegWalk> onward = new ArrayList<>();
    lease.waiting.removeIf(
        walk -> walk.mayPassOn() && walk.waitedEnough(terms, now) && onward.add(walk));
    for (LegWalk walk : onward) {
      if (pass(walk, ReservationListener.Cause.NOT_IN_TIME, now)) {
        advance(walk, now);
      }
    }
    if (!onward.isEmpty()) {
      serve(lease, now);
    }
  }

  /** Takes all late requests out before any is told: what one sets free must not go to another. */
  void expire(long now) {
    List<LegWalk> late = new ArrayList<>();
    List<HeldLease> awaited = leases.awaited();
    for (HeldLease lease : awaited) {
      lease.waiting.removeIf(walk -> walk.isLate(now) && late.add(walk));
      leases.waitersChanged(lease);
    }
    for (LegWalk walk : late) {
      boolean answered = leases.of(walk.account(), now).answered > walk.sinceNumber;
      refuse(walk, answered ? walk.tooLate() : ReservationListener.Cause.NO_ANSWER);
    }
    if (!late.isEmpty()) {
      late.forEach(walk -> touched(walk.reservation, now));
      awaited.forEach(lease -> serve(lease, now));
    }
  }

  /** Nothing is let through any more: whoever waits is refused. */
  void refuseAll() {
    List<LegWalk> waiting = new ArrayList<>();
    for (HeldLease lease : leases.awaited()) {
      waiting.addAll(lease.waiting);
      lease.waiting.clear();
      leases.waitersChanged(lease);
    }
    for (LegWalk walk : waiting) {
      refuse(walk, ReservationListener.Cause.CLOSED);
    }
  }

  /** Sees what to tell the bank about a lease. */
  void pump(HeldLease lease, long now) {
    leases.waitersChanged(lease);
    desk.pump(lease, now);
  }
}
