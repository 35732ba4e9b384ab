package io.tollgate.metering.internal.lease;

import java.util.Set;
import java.util.random.RandomGenerator;

/** What a holder asks of the bank: when to ask, ask again or give back, and what to believe. */
final class LeaseRequests {
  private static final int ACCOUNTS_PER_COMPARE = 1_000;

  /** What lies idle goes back only while the bank has no more to do than this. */
  private static final int MAX_RETURNING = 64;

  private final HolderId holder;
  private final LeaseBank bank;
  private final RandomGenerator random;
  private final LeaseTerms terms;
  private final Set<LeaseRule> rules;
  private final HeldLeases leases;
  private boolean closed;
  private long comparison;
  private long comparedAt;
  private long adopted;

  LeaseRequests(
      HolderId holder,
      LeaseBank bank,
      RandomGenerator random,
      LeaseTerms terms,
      Set<LeaseRule> rules,
      HeldLeases leases) {
    this.holder = holder;
    this.bank = bank;
    this.random = random;
    this.terms = terms;
    this.rules = rules;
    this.leases = leases;
  }

  /** Sends what is due for an account: a repetition, an ask, or a return; at most one. */
  void pump(HeldLease lease, long now) {
    if (closed) {
      return;
    }
    LeaseOperation pending = lease.inFlight;
    if (pending != null && rules.contains(LeaseRule.ONE_IN_FLIGHT)) {
      if (lease.isUnanswered(terms, now) && rules.contains(LeaseRule.SEND_AGAIN)) {
        leases.sentAgain(lease, now);
        bank.operate(pending);
      }
      return;
    }
    if (!lease.waiting.isEmpty()) {
      boolean due = !lease.askedOnce || now - lease.askedAt >= terms.askAgain().toNanos();
      boolean joined = lease.waiting.getLast().sinceNumber == lease.number;
      if (due || joined) {
        lease.askedOnce = true;
        lease.askedAt = now;
        ask(lease, now);
      }
      return;
    }
    boolean idle =
        rules.contains(LeaseRule.IDLE_RETURN)
            && now - lease.lastUse >= terms.idle().toNanos()
            && leases.underWay() < MAX_RETURNING;
    boolean anyFree = lease.free() > 0;
    if (lease.recalled || (anyFree && (idle || lease.drained))) {
      giveBack(lease, now);
    }
  }

  /** Asks ahead when a slice runs out, so that requests need not wait. */
  void prefetch(HeldLease lease, long now) {
    long slice = lease.slice(terms, now);
    boolean low = lease.free() < slice / 2;
    boolean may = lease.inFlight == null && !lease.recalled && !lease.drained;
    boolean soon = lease.prefetched && now - lease.prefetchedAt < terms.askAgain().toNanos();
    if (!closed && low && may && !soon && lease.waiting.isEmpty()) {
      lease.prefetched = true;
      lease.prefetchedAt = now;
      send(lease, Math.addExact(lease.used + lease.reserved, slice), 0, false, now);
    }
  }

  private void ask(HeldLease lease, long now) {
    long need = lease.need();
    long slice = lease.recalled || lease.drained ? 0 : lease.slice(terms, now);
    lease.drained = false;
    lease.recalled = false;
    send(lease, Math.addExact(need, slice), need, false, now);
  }

  private void giveBack(HeldLease lease, long now) {
    long before = lease.granted;
    long target = Math.max(0, lease.granted - Math.max(0, lease.free()));
    lease.recalled = false;
    lease.drained = true;
    if (rules.contains(LeaseRule.SHRINK_FIRST)) {
      lease.granted = target;
    }
    send(lease, before, target, 0, true, now);
  }

  private void send(HeldLease lease, long target, long need, boolean drained, long now) {
    send(lease, lease.granted, target, need, drained, now);
  }

  private void send(
      HeldLease lease, long before, long target, long need, boolean drained, long now) {
    lease.number++;
    lease.token = rules.contains(LeaseRule.RANDOM_TOKEN) ? random.nextLong() : 0;
    lease.quietAfter = comparison;
    leases.sent(lease, now);
    LeaseOperation operation =
        new LeaseOperation(
            holder, lease.account, lease.number, lease.token, before, target, need, drained);
    lease.inFlight = operation;
    bank.operate(operation);
  }

  /** Takes in an answer; false when it is not the one that is waited for. */
  boolean accept(HeldLease lease, LeaseAnswer.Granted answer, long now) {
    LeaseOperation pending = lease.inFlight;
    boolean any = !rules.contains(LeaseRule.ONE_IN_FLIGHT);
    if (closed || (!any && (pending == null || pending.number() != answer.number()))) {
      return false;
    }
    if (pending != null && pending.number() == answer.number()) {
      boolean isShort = pending.need() > answer.granted();
      lease.drained |= isShort;
      lease.dry = isShort && answer.elsewhere() == 0;
      lease.dryAt = now;
      lease.inFlight = null;
      leases.answered(lease);
    }
    lease.granted = answer.granted();
    lease.answered = Math.max(lease.answered, answer.number());
    lease.quietAfter = comparison;
    return true;
  }

  /** Adopts what the bank has, unless an operation has crossed the comparison. */
  boolean adopt(HeldLease lease, long comparisonNumber, long granted) {
    boolean crossed =
        lease.inFlight != null
            || comparisonNumber <= lease.quietAfter
            || comparisonNumber < adopted;
    if (closed
        || lease.granted == granted
        || (crossed && rules.contains(LeaseRule.COMPARE_QUIET))) {
      return false;
    }
    adopted = Math.max(adopted, comparisonNumber);
    lease.granted = granted;
    return true;
  }

  /** Compares less often the more there is to compare. */
  void compareWhenDue(int accounts, long now) {
    long pause = terms.compare().toNanos() * (1 + accounts / ACCOUNTS_PER_COMPARE);
    if (rules.contains(LeaseRule.COMPARE) && now - comparedAt >= pause) {
      comparedAt = now;
      comparison++;
      bank.compare(holder, comparison);
    }
  }

  void forked() {
    bank.forked(holder);
  }

  void close() {
    closed = true;
  }

  /** Whether nothing is sent, and nothing let through, any more. */
  boolean isClosed() {
    return closed;
  }
}
