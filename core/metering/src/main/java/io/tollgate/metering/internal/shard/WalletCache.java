package io.tollgate.metering.internal.shard;

import io.tollgate.metering.internal.shard.UserWallet.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Wallets in memory. One that is known to have changed, has an account that has expired, or owes,
 * is read anew before it is used. Changes are told, and so is that some may have been missed; one
 * that is merely old is read anew meanwhile all the same, now and then, each at a time of its own.
 * Confined to the loop.
 */
final class WalletCache {
  private static final long OLD_NANOS = Duration.ofMinutes(10).toNanos();
  private static final long SCATTER = 0x9E37_79B9_7F4A_7C15L;
  private static final long REFRESH_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long UNANSWERED_NANOS = Duration.ofSeconds(1).toNanos();

  private final ShardBank bank;
  private final int max;
  private final Map<Owner, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** Those that were asked for, the one asked first in front. */
  private final Set<Entry> loading = new LinkedHashSet<>();

  /** Those that somebody waits for who wants them later. */
  private final Set<Entry> postponed = new LinkedHashSet<>();

  /**
   * @param max wallets kept; beyond it those that were not used for longest are forgotten
   */
  WalletCache(ShardBank bank, int max) {
    this.bank = bank;
    this.max = max;
  }

  /** Hears of a wallet, once. */
  interface Listener {
    void wallet(UserWallet wallet);

    void failed(RuntimeException why);
  }

  private record Waiter(long notBefore, Listener listener) {}

  private static final class Entry {
    final Owner owner;
    final long oldAfterNanos;
    final Deque<Waiter> waiters = new ArrayDeque<>();
    @Nullable UserWallet wallet;
    boolean changed;
    boolean asked;
    boolean changedSinceAsked;
    long askedAt;
    long askedFirstAt;
    Instant at = Instant.EPOCH;

    Entry(Owner owner) {
      this.owner = owner;
      // so that those read together at a start are not all read together again
      oldAfterNanos = OLD_NANOS + Math.floorMod(owner.hashCode() * SCATTER, OLD_NANOS);
    }
  }

  /** The wallet to use for a request opened at that time; at once when memory knows it. */
  void find(Owner owner, Instant at, long now, Listener listener) {
    Entry entry = entry(owner);
    UserWallet wallet = entry.wallet;
    if (wallet == null || entry.changed || wallet.owing() || wallet.endedBy(at)) {
      await(entry, at, now, Long.MIN_VALUE, listener);
      return;
    }
    if (!entry.asked && now - entry.askedFirstAt > entry.oldAfterNanos) {
      ask(entry, at, now);
    }
    listener.wallet(wallet);
  }

  /** An account of it seems used up: reads it anew meanwhile, now and then. */
  void refresh(Owner owner, Instant at, long now) {
    Entry entry = entries.get(owner);
    if (entry != null && !entry.asked && now - entry.askedFirstAt > REFRESH_NANOS) {
      ask(entry, at, now);
    }
  }

  /**
   * The wallet as the database has it from a time on.
   *
   * @param notBefore now, or later
   */
  void read(Owner owner, Instant at, long now, long notBefore, Listener listener) {
    await(entry(owner), at, now, notBefore, listener);
  }

  /** An answer. */
  void loaded(Owner owner, UserWallet wallet, long now) {
    Entry entry = entries.get(owner);
    if (entry == null || !entry.asked) {
      return;
    }
    entry.asked = false;
    loading.remove(entry);
    entry.wallet = wallet;
    entry.changed = entry.changedSinceAsked;
    // what was asked before somebody began to wait may be older than what they wait for
    List<Waiter> served = new ArrayList<>(entry.waiters.size());
    entry.waiters.removeIf(
        waiter -> !entry.changed && waiter.notBefore <= entry.askedFirstAt && served.add(waiter));
    askForWaiters(entry, now);
    served.forEach(waiter -> waiter.listener.wallet(wallet));
  }

  void failed(Owner owner, RuntimeException why) {
    Entry entry = entries.get(owner);
    if (entry == null || !entry.asked) {
      return;
    }
    entry.asked = false;
    loading.remove(entry);
    List<Waiter> told = List.copyOf(entry.waiters);
    entry.waiters.clear();
    told.forEach(waiter -> waiter.listener.failed(why));
  }

  void changed(Owner owner) {
    Entry entry = entries.get(owner);
    if (entry != null) {
      entry.changed = true;
      entry.changedSinceAsked = true;
    }
  }

  void anyChanged() {
    for (Entry entry : entries.values()) {
      entry.changed = true;
      entry.changedSinceAsked = true;
    }
  }

  /** Asks again where an answer was lost, and now for what was to be asked for later. */
  void tick(long now) {
    if (!postponed.isEmpty()) {
      List<Entry> waiting = List.copyOf(postponed);
      postponed.clear();
      waiting.stream().filter(entry -> !entry.asked).forEach(entry -> askForWaiters(entry, now));
    }
    List<Entry> late = new ArrayList<>();
    for (Entry entry : loading) {
      if (now - entry.askedAt <= UNANSWERED_NANOS) {
        break;
      }
      late.add(entry);
    }
    for (Entry entry : late) {
      entry.askedAt = now;
      loading.remove(entry);
      loading.add(entry);
      bank.wallet(entry.owner, entry.at);
    }
  }

  int size() {
    return entries.size();
  }

  private Entry entry(Owner owner) {
    Entry known = entries.get(owner);
    if (known != null) {
      return known;
    }
    if (entries.size() >= max) {
      var oldest = entries.values().iterator();
      Entry candidate = oldest.next();
      if (candidate.waiters.isEmpty() && !candidate.asked) {
        oldest.remove();
      }
    }
    Entry made = new Entry(owner);
    entries.put(owner, made);
    return made;
  }

  private void await(Entry entry, Instant at, long now, long notBefore, Listener listener) {
    entry.waiters.add(new Waiter(notBefore, listener));
    if (at.isAfter(entry.at)) {
      entry.at = at;
    }
    if (!entry.asked) {
      askForWaiters(entry, now);
    }
  }

  /** Asks as soon as one of those who wait wants the answer. */
  private void askForWaiters(Entry entry, long now) {
    boolean wanted = false;
    for (Waiter waiter : entry.waiters) {
      wanted |= waiter.notBefore <= now;
    }
    if (wanted) {
      ask(entry, entry.at, now);
    } else if (!entry.waiters.isEmpty()) {
      postponed.add(entry);
    }
  }

  private void ask(Entry entry, Instant at, long now) {
    entry.asked = true;
    entry.changedSinceAsked = false;
    entry.askedAt = now;
    entry.askedFirstAt = now;
    entry.at = at;
    loading.add(entry);
    bank.wallet(entry.owner, at);
  }
}
