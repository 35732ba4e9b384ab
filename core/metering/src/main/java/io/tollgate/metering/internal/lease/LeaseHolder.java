package io.tollgate.metering.internal.lease;

import io.tollgate.ground.AccountId;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The leases of one holder and event loop group: reserves in memory, and asks the bank only when a
 * slice does not suffice. Requests wait in {@link PendingReservations}; here is what the bank says.
 * One thread only. Every call names the time: monotonic nanoseconds of this process.
 *
 * <p>Safety rests on numbers, never on clocks: an operation sets an absolute value, one is in
 * flight per account, and giving back shrinks memory before it is sent. Time only decides when to
 * ask, to ask again, or to give up waiting.
 */
public final class LeaseHolder {
  private final HolderId id;
  private final LeaseTerms terms;
  private final Set<LeaseRule> rules;
  private final HeldLeases leases = new HeldLeases();
  private final LeaseRequests requests;
  private final PendingReservations pending;

  /** A holder that keeps all rules. {@code random} must differ between processes. */
  public LeaseHolder(HolderId holder, LeaseBank bank, RandomGenerator random, LeaseTerms terms) {
    this(holder, bank, random, terms, LeaseRule.all());
  }

  /** For proofs: leaves out the rules that are not in the set. */
  public LeaseHolder(
      HolderId holder,
      LeaseBank bank,
      RandomGenerator random,
      LeaseTerms terms,
      Set<LeaseRule> rules) {
    this.id = holder;
    this.terms = terms;
    this.rules = EnumSet.copyOf(rules);
    requests = new LeaseRequests(holder, bank, random, terms, this.rules, leases);
    pending = new PendingReservations(leases, requests, terms, this.rules);
  }

  /**
   * Reserves the plan's legs. When memory suffices, the listener hears it before this returns;
   * otherwise within the terms' patience.
   */
  public void reserve(LegPlan plan, ReservationListener listener, long now) {
    if (requests.isClosed()) {
      listener.refused(ReservationListener.Cause.CLOSED);
    } else {
      pending.begin(plan, listener, now);
    }
  }

  /**
   * Settles a reservation, once: what was used stays used, the rest is free again. Each limit leg
   * is used in full, payment legs in their order.
   *
   * @return what was used beyond the reservation, to be reserved or noted as uncovered
   */
  public long spend(Reservation reservation, long used, long now) {
    if (used < 0) {
      throw new IllegalArgumentException("used: " + used + " (expected: >= 0)");
    }
    return reservation.end() ? pending.spend(reservation, used, now) : 0;
  }

  /**
   * Uses more of an account than was reserved, as far as memory goes: nothing is asked.
   *
   * @param max smallest units, not negative
   * @return what was taken of it
   */
  public long useMore(AccountId account, long max, long now) {
    Optional<HeldLease> lease = leases.find(account);
    return lease.isEmpty() || requests.isClosed() ? 0 : pending.take(lease.get(), max, now);
  }

  /** An answer of the bank to an operation. */
  public void answered(LeaseAnswer answer, long now) {
    switch (answer) {
      case LeaseAnswer.Closed _ -> stop();
      case LeaseAnswer.Granted granted -> {
        HeldLease lease = leases.of(granted.account(), now);
        if (forked(lease, granted)) {
          requests.forked();
          stop();
        } else if (requests.accept(lease, granted, now)) {
          lease.heard(granted.number(), now, now + terms.patience().toNanos());
          pending.serve(lease, now);
          if (granted.elsewhere() == 0) {
            pending.passShort(lease, granted.number(), now);
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
    return foreign && rules.contains(LeaseRule.FORK_CLOSES);
  }

  /** Somebody else is short of an account. */
  public void recalled(AccountId account, long now) {
    if (!requests.isClosed() && rules.contains(LeaseRule.HONOUR_RECALL)) {
      HeldLease lease = leases.of(account, now);
      lease.recalled = true;
      pending.pump(lease, now);
    }
  }

  /** The bank's rows, as asked by {@link LeaseBank#compare}. */
  public void compared(LeaseSnapshot snapshot, long now) {
    if (requests.isClosed()) {
      return;
    }
    if (!snapshot.open()) {
      stop();
      return;
    }
    Set<AccountId> known = HashSet.newHashSet(snapshot.rows().size());
    for (LeaseAnswer.Granted row : snapshot.rows()) {
      known.add(row.account());
      HeldLease lease = leases.of(row.account(), now);
      if (forked(lease, row)) {
        requests.forked();
        stop();
        return;
      }
      if (requests.adopt(lease, snapshot.number(), row.granted())) {
        pending.serve(lease, now);
      }
    }
    if (known.size() == leases.size()) {
      return;
    }
    for (HeldLease lease : leases.copy()) {
      if (!known.contains(lease.account) && requests.adopt(lease, snapshot.number(), 0)) {
        pending.serve(lease, now);
      }
    }
  }

  /** To be called every few milliseconds: deadlines, repetitions, comparison, idle slices. */
  public void tick(long now) {
    if (requests.isClosed()) {
      return;
    }
    requests.compareWhenDue(leases.size(), now);
    if (rules.contains(LeaseRule.DEADLINE)) {
      pending.expire(now);
    }
    for (HeldLease lease : leases.due(now, terms)) {
      pending.passOnward(lease, now);
      pending.pump(lease, now);
    }
  }

  private void stop() {
    if (!requests.isClosed()) {
      requests.close();
      pending.refuseAll();
    }
  }

  /** Whether this holder has been closed: nothing new is let through. */
  public boolean isClosed() {
    return requests.isClosed();
  }

  /** What memory says about an account: for metrics and proofs. */
  public Position position(AccountId account) {
    return leases
        .find(account)
        .map(lease -> new Position(lease.granted, lease.used, lease.reserved))
        .orElse(new Position(0, 0, 0));
  }

  /** Accounts this holder has dealt with. */
  public Collection<AccountId> accounts() {
    return leases.accounts();
  }

  /** How many accounts this holder has dealt with. */
  public int accountCount() {
    return leases.size();
  }

  public HolderId id() {
    return id;
  }

  /** Amounts over the lease's life, smallest units. */
  public record Position(long granted, long used, long reserved) {}
}
