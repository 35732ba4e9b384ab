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

  /** With an operation under way, the one sent first in front. */
  private final Set<HeldLease> sent = new LinkedHashSet<>();

  private int place;
  private long lookedAt;

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

  /** An operation was sent, maybe once more. */
  void sent(HeldLease lease, long now) {
    lease.sentAt = now;
    sent.remove(lease);
    sent.add(lease);
  }

  void answered(HeldLease lease) {
    sent.remove(lease);
  }

  /**
   * Those to look at now, one maybe twice.
   *
   * @param answerNanos after how long an operation is sent again
   */
  List<HeldLease> due(long now, long answerNanos) {
    List<HeldLease> due = new ArrayList<>(awaited);
    for (HeldLease lease : sent) {
      if (now - lease.sentAt < answerNanos) {
        break;
      }
      due.add(lease);
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
