package io.tollgate.metering.internal.lease;

import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Leg;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The leases of one holder and event loop group: reserves in memory, and asks the bank only when a
 * slice does not suffice. One thread only. Every call names the time: monotonic nanoseconds of this
 * process.
 *
 * <p>Safety rests on numbers, never on clocks: an operation sets an absolute value, one is in
 * flight per account, and giving back shrinks memory before it is sent. Time only decides when to
 * ask, to ask again, or to give up waiting.
 */
public final class LeaseHolder {
  private static final long SWEEP_NANOS = 500_000_000L;

  private final HolderId id;
  private final LeaseDesk desk;
  private final LeaseTerms terms;
  private final Set<Rule> rules;
  private final Map<AccountId, HeldLease> leases = new LinkedHashMap<>();

  /** Accounts about which something is under way: the only ones that every tick looks at. */
  private final Set<HeldLease> active = new LinkedHashSet<>();

  private long sweptAt;
  private boolean closed;

  /** A holder that keeps all rules. {@code random} must differ between processes. */
  public LeaseHolder(HolderId holder, LeaseBank bank, RandomGenerator random, LeaseTerms terms) {
    this(holder, bank, random, terms, Rule.all());
  }

  /** For proofs: leaves out the rules that are not in the set. */
  public LeaseHolder(
      HolderId holder, LeaseBank bank, RandomGenerator random, LeaseTerms terms, Set<Rule> rules) {
    this.id = holder;
    this.terms = terms;
    this.rules = EnumSet.copyOf(rules);
    desk = new LeaseDesk(holder, bank, random, terms, this.rules);
  }

  /**
   * Reserves the plan's legs. When memory suffices, the listener hears it before this returns;
   * otherwise within the terms' patience.
   */
  public void reserve(LegPlan plan, ReservationListener listener, long now) {
    if (closed) {
      listener.refused(ReservationListener.Cause.CLOSED);
      return;
    }
    advance(new LegWalk(plan, listener, now + terms.silence().toNanos()), now);
  }

  /**
   * Settles a reservation, once: what was used stays used, the rest is free again. Each limit leg
   * is used in full, payment legs in their order.
   *
   * @return what was used beyond the reservation, to be reserved or noted as uncovered
   */
  public long settle(Reservation reservation, long used, long now) {
    if (used < 0) {
      throw new IllegalArgumentException("used: " + used + " (expected: >= 0)");
    }
    if (!reservation.end()) {
      return 0;
    }
    long beyond = consume(reservation, used);
    touched(reservation, now);
    return beyond;
  }

  /**
   * Uses more of an account than was reserved, as far as memory goes: nothing is asked.
   *
   * @param most smallest units, not negative
   * @return what was taken of it
   */
  public long useMore(AccountId account, long most, long now) {
    HeldLease lease = leases.get(account);
    boolean others = lease != null && !lease.waiting.isEmpty() && rules.contains(Rule.WAITER_FIRST);
    if (lease == null || others || closed) {
      return 0;
    }
    long taken = Math.min(Math.max(0, lease.free()), most);
    lease.used = Math.addExact(lease.used, taken);
    lease.lastUse = now;
    desk.prefetch(lease, now);
    watch(lease);
    return taken;
  }

  private long consume(Reservation reservation, long used) {
    for (Leg leg : reservation.limits()) {
      consume(leg, Math.min(used, leg.units()));
    }
    long rest = used;
    for (Leg leg : reservation.payment()) {
      long taken = Math.min(rest, leg.units());
      consume(leg, taken);
      rest -= taken;
    }
    return rest;
  }

  private void consume(Leg leg, long used) {
    HeldLease lease = leases.get(leg.account());
    if (lease == null) {
      throw new IllegalStateException("leg of account " + leg.account() + " (expected: ours)");
    }
    lease.reserved = Math.subtractExact(lease.reserved, leg.units());
    lease.used = Math.addExact(lease.used, used);
  }

  private void touched(Reservation reservation, long now) {
    List<Leg> legs = new ArrayList<>(reservation.limits());
    legs.addAll(reservation.payment());
    for (Leg leg : legs) {
      serve(lease(leg.account(), now), now);
    }
  }

  /** Walks on from leg to leg as far as memory goes; waits where it does not. */
  private void advance(LegWalk walk, long now) {
    while (!walk.finished()) {
      HeldLease lease = lease(walk.account(), now);
      boolean mayTake = lease.waiting.isEmpty() || !rules.contains(Rule.WAITER_FIRST);
      if (mayTake && walk.mayPassOn() && lease.knownDry(terms, now)) {
        take(lease, walk, now);
        walk.pass();
        continue;
      }
      if (mayTake && lease.free() >= walk.missing()) {
        take(lease, walk, now);
        walk.pass();
        desk.prefetch(lease, now);
        watch(lease);
        continue;
      }
      if (closed) {
        refuse(walk, ReservationListener.Cause.CLOSED);
        return;
      }
      if (!rules.contains(Rule.ASK_FIRST)) {
        take(lease, walk, now);
        if (pass(walk, ReservationListener.Cause.NO_MEANS, now)) {
          continue;
        }
        return;
      }
      if (rules.contains(Rule.WAITER_FIRST) && lease.waiting.isEmpty()) {
        take(lease, walk, now);
      }
      walk.waitingSince = now;
      walk.sinceNumber = lease.number;
      lease.expect(walk.missing());
      lease.waiting.add(walk);
      pump(lease, now);
      return;
    }
    walk.listener.reserved(walk.reservation);
  }

  private static void take(HeldLease lease, LegWalk walk, long now) {
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
    refuse(walk, cause);
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
  private void serve(HeldLease lease, long now) {
    while (!lease.waiting.isEmpty()) {
      LegWalk head = lease.waiting.getFirst();
      if (rules.contains(Rule.WAITER_FIRST) || lease.free() >= head.missing()) {
        take(lease, head, now);
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

  /** An answer of the bank to an operation. */
  public void answered(LeaseAnswer answer, long now) {
    switch (answer) {
      case LeaseAnswer.Closed ignored -> stop();
      case LeaseAnswer.Granted granted -> {
        HeldLease lease = lease(granted.account(), now);
        if (forked(lease, granted)) {
          desk.forked();
          stop();
        } else if (desk.accept(lease, granted, now)) {
          lease.heard(granted.number(), now + terms.patience().toNanos());
          serve(lease, now);
          if (granted.elsewhere() == 0) {
            passShort(lease, granted.number(), now);
          }
        }
      }
    }
  }

  /** Whether the row bears an operation that this process never sent. */
  private boolean forked(HeldLease lease, LeaseAnswer.Granted row) {
    boolean foreign =
        row.number() > lease.number
            || (row.number() == lease.number && row.number() > 0 && row.token() != lease.token);
    return foreign && rules.contains(Rule.FORK_CLOSES);
  }

  /**
   * Nobody has anything to give back: who waited when that was asked need not wait longer. One
   * after the other, as what the first gives up may serve the next.
   */
  private void passShort(HeldLease lease, long answered, long now) {
    LegWalk head = lease.waiting.peekFirst();
    while (head != null && head.sinceNumber < answered) {
      lease.waiting.removeFirst();
      take(lease, head, now);
      if (pass(head, ReservationListener.Cause.NO_MEANS, now)) {
        advance(head, now);
      }
      serve(lease, now);
      head = lease.waiting.peekFirst();
    }
  }

  /** Somebody else is short of an account. */
  public void recalled(AccountId account, long now) {
    if (!closed && rules.contains(Rule.HONOUR_RECALL)) {
      HeldLease lease = lease(account, now);
      lease.recalled = true;
      pump(lease, now);
    }
  }

  /** The bank's rows, as asked by {@link LeaseBank#compare}. */
  public void compared(LeaseSnapshot snapshot, long now) {
    if (closed) {
      return;
    }
    if (!snapshot.open()) {
      stop();
      return;
    }
    Set<AccountId> known = new HashSet<>();
    for (LeaseAnswer.Granted row : snapshot.rows()) {
      known.add(row.account());
      HeldLease lease = lease(row.account(), now);
      if (forked(lease, row)) {
        desk.forked();
        stop();
        return;
      }
      if (desk.adopt(lease, snapshot.number(), row.granted())) {
        serve(lease, now);
      }
    }
    for (HeldLease lease : List.copyOf(leases.values())) {
      if (!known.contains(lease.account) && desk.adopt(lease, snapshot.number(), 0)) {
        serve(lease, now);
      }
    }
  }

  /** To be called every few milliseconds: deadlines, repetitions, comparison, idle slices. */
  public void tick(long now) {
    if (closed) {
      return;
    }
    desk.compareWhenDue(leases.size(), now);
    if (rules.contains(Rule.DEADLINE)) {
      expire(now);
    }
    for (HeldLease lease : dueAt(now)) {
      passOnward(lease, now);
      pump(lease, now);
    }
  }

  /** Those with something under way; from time to time all, to find what lies idle. */
  private List<HeldLease> dueAt(long now) {
    if (now - sweptAt >= SWEEP_NANOS) {
      sweptAt = now;
      return List.copyOf(leases.values());
    }
    return active.isEmpty() ? List.of() : List.copyOf(active);
  }

  private void pump(HeldLease lease, long now) {
    desk.pump(lease, now);
    watch(lease);
  }

  private void watch(HeldLease lease) {
    if (lease.busy()) {
      active.add(lease);
    } else {
      active.remove(lease);
    }
  }

  /** Takes all late requests out before any is told: what one sets free must not go to another. */
  private void expire(long now) {
    List<LegWalk> late = new ArrayList<>();
    for (HeldLease lease : active) {
      lease.waiting.removeIf(walk -> walk.isLate(now) && late.add(walk));
    }
    for (LegWalk walk : late) {
      boolean answered = lease(walk.account(), now).answered > walk.sinceNumber;
      refuse(
          walk,
          answered ? ReservationListener.Cause.NOT_IN_TIME : ReservationListener.Cause.NO_ANSWER);
    }
    if (!late.isEmpty()) {
      late.forEach(walk -> touched(walk.reservation, now));
      List.copyOf(active).forEach(lease -> serve(lease, now));
    }
  }

  private void passOnward(HeldLease lease, long now) {
    List<LegWalk> onward = new ArrayList<>();
    lease.waiting.removeIf(
        walk ->
            walk.mayPassOn()
                && now - walk.waitingSince >= terms.legWait().toNanos()
                && onward.add(walk));
    for (LegWalk walk : onward) {
      if (pass(walk, ReservationListener.Cause.NOT_IN_TIME, now)) {
        advance(walk, now);
      }
    }
    if (!onward.isEmpty()) {
      serve(lease, now);
    }
  }

  private void stop() {
    if (closed) {
      return;
    }
    closed = true;
    desk.close();
    List<LegWalk> waiting = new ArrayList<>();
    for (HeldLease lease : leases.values()) {
      waiting.addAll(lease.waiting);
      lease.waiting.clear();
    }
    for (LegWalk walk : waiting) {
      refuse(walk, ReservationListener.Cause.CLOSED);
    }
  }

  /** Whether this holder has been closed: nothing new is let through. */
  public boolean isClosed() {
    return closed;
  }

  /** What memory says about an account: for metrics and proofs. */
  public Position position(AccountId account) {
    HeldLease lease = leases.get(account);
    return lease == null
        ? new Position(0, 0, 0)
        : new Position(lease.granted, lease.used, lease.reserved);
  }

  /** Accounts this holder has dealt with. */
  public Collection<AccountId> accounts() {
    return List.copyOf(leases.keySet());
  }

  /** How many accounts this holder has dealt with. */
  public int accountCount() {
    return leases.size();
  }

  public HolderId id() {
    return id;
  }

  private HeldLease lease(AccountId account, long now) {
    return leases.computeIfAbsent(account, id -> new HeldLease(id, now));
  }

  /** Amounts over the lease's life, smallest units. */
  public record Position(long granted, long used, long reserved) {}
}
