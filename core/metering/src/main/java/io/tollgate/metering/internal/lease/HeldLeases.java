package io.tollgate.metering.internal.lease;

import io.tollgate.ground.AccountId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A holder's leases, and which of them time has to move on: those that somebody waits for, those
 * whose operation was not answered in time, and all in turn, to find what lies idle. However many
 * there are, one moment looks at few of them. Confined to the holder's thread.
 */
final class HeldLeases {
  /** Within this time each lease is looked at once. */
  private static final long ROUND_NANOS = 500_000_000L;

  private final Map<AccountId, HeldLease> all = new LinkedHashMap<>();
  private final List<HeldLease> round = new ArrayList<>();
  private final Set<HeldLease> awaited = new LinkedHashSet<>();

  /** With an operation under way, by how often it was sent; in each the one sent first in front. */
  private final List<Set<HeldLease>> sent = new ArrayList<>();

  private int underWay;
  private int place;
  private long lookedAt;

  HeldLeases() {
    for (int repetitions = 0; repetitions <= HeldLease.MAX_REPETITIONS; repetitions++) {
      sent.add(new LinkedHashSet<>());
    }
  }

  /** The account's lease, which is made when there is none. */
  HeldLease of(AccountId account, long now) {
    HeldLease known = all.get(account);
    if (known != null) {
      return known;
    }
    HeldLease made = new HeldLease(account, now);
    all.put(account, made);
    round.add(made);
    return made;
  }

  Optional<HeldLease> find(AccountId account) {
    return Optional.ofNullable(all.get(account));
  }

  /** All of them, as they are now. */
  List<HeldLease> copy() {
    return List.copyOf(round);
  }

  Collection<AccountId> accounts() {
    return List.copyOf(all.keySet());
  }

  int size() {
    return round.size();
  }

  /** Who waits for it has changed. */
  void waitersChanged(HeldLease lease) {
    if (lease.waiting.isEmpty() == lease.awaited) {
      lease.awaited = !lease.awaited;
      boolean _ = lease.awaited ? awaited.add(lease) : awaited.remove(lease);
    }
  }

  /** Those that somebody waits for, as they are now. */
  List<HeldLease> awaited() {
    return awaited.isEmpty() ? List.of() : List.copyOf(awaited);
  }

  /** A new operation was sent. */
  void sent(HeldLease lease, long now) {
    forget(lease);
    lease.repetitions = 0;
    remember(lease, now);
  }

  /** The same operation was sent once more. */
  void sentAgain(HeldLease lease, long now) {
    forget(lease);
    lease.repetitions = Math.min(lease.repetitions + 1, HeldLease.MAX_REPETITIONS);
    remember(lease, now);
  }

  void answered(HeldLease lease) {
    forget(lease);
  }

  /** Operations that were not answered yet. */
  int underWay() {
    return underWay;
  }

  private void remember(HeldLease lease, long now) {
    lease.sentAt = now;
    underWay += sent.get(lease.repetitions).add(lease) ? 1 : 0;
  }

  private void forget(HeldLease lease) {
    underWay -= sent.get(lease.repetitions).remove(lease) ? 1 : 0;
  }

  /**
   * Those to look at now, one maybe twice.
   *
   * @param terms say after how long an operation is sent again
   */
  List<HeldLease> due(long now, LeaseTerms terms) {
    List<HeldLease> due = new ArrayList<>(awaited);
    for (Set<HeldLease> some : sent) {
      for (HeldLease lease : some) {
        if (!lease.isUnanswered(terms, now)) {
          break;
        }
        due.add(lease);
      }
    }
    long elapsed = Math.clamp(now - lookedAt, 0, ROUND_NANOS);
    long share = round.size() * elapsed / ROUND_NANOS;
    if (share > 0) {
      lookedAt = now;
      for (long i = 0; i < share; i++) {
        place = place + 1 < round.size() ? place + 1 : 0;
        due.add(round.get(place));
      }
    }
    return due;
  }
}
