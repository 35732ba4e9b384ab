package io.tollgate.relay.accounts.internal;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.accounts.AccountLimits;
import io.tollgate.relay.accounts.AccountQuery;
import io.tollgate.relay.accounts.AccountSettings;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.accounts.RoutingStrategy;
import io.tollgate.relay.accounts.internal.Health.Availability;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An account as it is configured now, with what is known of it. Safe for use by many threads; none
 * waits.
 */
final class RoutedAccount {
  private static final BigDecimal COST_STEPS = BigDecimal.valueOf(10_000);
  private static final long FULL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<ProviderAccount> withKeys;
  private final List<Health> keys;
  private final AccountMemory memory;
  private final ProviderAccountId id;
  private final AccountSettings settings;
  private final AccountLimits limits;
  private final int protocols;
  private final long cost;

  /**
   * @param withKeys the account once with each of its keys; at least one
   */
  RoutedAccount(List<ProviderAccount> withKeys, AccountMemory memory) {
    ProviderAccount any = withKeys.getFirst();
    this.withKeys = List.copyOf(withKeys);
    this.memory = memory;
    id = any.id();
    settings = any.settings();
    limits = settings.limits();
    protocols = mask(any.protocols());
    cost = settings.costFactor().multiply(COST_STEPS).longValue();
    keys = withKeys.stream().map(each -> memory.key(each.apiKey().id())).toList();
  }

  /** A bit for each protocol. */
  static int mask(Collection<Protocol> protocols) {
    int mask = 0;
    for (Protocol protocol : protocols) {
      mask |= 1 << protocol.ordinal();
    }
    return mask;
  }

  List<ProviderAccount> withKeys() {
    return withKeys;
  }

  AccountMemory memory() {
    return memory;
  }

  ProviderAccountId id() {
    return id;
  }

  int priority() {
    return settings.priority();
  }

  int weight() {
    return settings.weight();
  }

  /** Whether it could serve the request if it were well. */
  boolean suits(AccountQuery query, int wanted) {
    return (protocols & wanted) != 0
        && settings.models().serves(query.model())
        && !Collections.disjoint(settings.groups(), query.groups());
  }

  /** Whether it can keep something for callers of these groups now. */
  boolean keeps(Collection<Protocol> wanted, Collection<String> groups, long now) {
    return (protocols & mask(wanted)) != 0
        && !Collections.disjoint(settings.groups(), groups)
        && availability(now) != Availability.RESTING;
  }

  /** The better of what is said of the account and what is said of its best key. */
  Availability availability(long now) {
    Availability own = memory.health().availability(now);
    if (own == Availability.RESTING) {
      return own;
    }
    Availability best = Availability.RESTING;
    for (int i = 0; i < keys.size() && best != Availability.READY; i++) {
      Availability one = keys.get(i).availability(now);
      best = one.compareTo(best) < 0 ? one : best;
    }
    return best.compareTo(own) > 0 ? best : own;
  }

  /** How long it rests; {@link Long#MAX_VALUE} where nobody knows. */
  long restNanos(long now) {
    long soonest = Long.MAX_VALUE;
    for (Health key : keys) {
      soonest = Math.min(soonest, key.restNanos(now));
    }
    return Math.max(soonest, memory.health().restNanos(now));
  }

  /** How long its own limits keep it from another request; 0 where they do not. */
  long limitedNanos(long tokens, long now) {
    if (limits.concurrency().isPresent()
        && memory.load().get() >= limits.concurrency().getAsInt()) {
      return FULL_NANOS;
    }
    if (limits.requestsPerMinute().isPresent()
        && !memory.requests().fits(1, limits.requestsPerMinute().getAsInt(), now)) {
      return memory.requests().nanosToNextSlot(now);
    }
    if (limits.tokensPerMinute().isPresent()
        && !memory.tokens().fits(tokens, limits.tokensPerMinute().getAsLong(), now)) {
      return memory.tokens().nanosToNextSlot(now);
    }
    return 0;
  }

  /** What tells it from others of its priority; lower is preferred. */
  long rank(RoutingStrategy strategy, long now) {
    return switch (strategy) {
      case WEIGHTED -> 0;
      case LEAST_COST -> cost;
      case LOWEST_LATENCY -> memory.latency().rank(now);
    };
  }

  /** Whether it has fewer running requests for its weight than another. */
  boolean lighterThan(RoutedAccount other) {
    // (load + 1) / weight, compared without dividing
    return (memory.load().get() + 1L) * other.weight()
        < (other.memory.load().get() + 1L) * weight();
  }

  /** Whether it is so much heavier that another is better, though a conversation belongs here. */
  boolean overloadedBeside(RoutedAccount other) {
    return (memory.load().get() + 1L) * other.weight()
        > 2 * (other.memory.load().get() + 4L) * weight();
  }

  /** By which conversations spread over accounts, each gateway alike: rendezvous hashing. */
  double affinity(long session) {
    long mixed = StickySessions.mix(session ^ StickySessions.mix(id.value()));
    double uniform = ((mixed >>> 11) + 0.5) * 0x1.0p-53;
    return -weight() / Math.log(uniform);
  }

  /** Counts a request against the limits; false where another was quicker. */
  boolean tryBegin(long tokens, long now) {
    AtomicInteger load = memory.load();
    int running = load.incrementAndGet();
    if (limits.concurrency().isPresent() && running > limits.concurrency().getAsInt()) {
      load.decrementAndGet();
      return false;
    }
    if (limits.requestsPerMinute().isPresent()
        && !memory.requests().tryAdd(1, limits.requestsPerMinute().getAsInt(), now)) {
      load.decrementAndGet();
      return false;
    }
    if (limits.tokensPerMinute().isPresent()
        && !memory.tokens().tryAdd(tokens, limits.tokensPerMinute().getAsLong(), now)) {
      limits.requestsPerMinute().ifPresent(_ -> memory.requests().add(-1, now));
      load.decrementAndGet();
      return false;
    }
    return true;
  }

  /** Takes back what {@link #tryBegin} counted, for a request that was not made. */
  void undoBegin(long tokens, long now) {
    limits.tokensPerMinute().ifPresent(max -> memory.tokens().add(-Math.min(tokens, max), now));
    limits.requestsPerMinute().ifPresent(_ -> memory.requests().add(-1, now));
    memory.load().decrementAndGet();
  }

  /**
   * Counts what a request has really used.
   *
   * @param expected what {@link #tryBegin} was told
   * @param since when that was
   */
  void used(long expected, long tokens, long since, long now) {
    if (limits.tokensPerMinute().isPresent()) {
      long counted = Math.min(expected, limits.tokensPerMinute().getAsLong());
      memory.tokens().correct(tokens - counted, since, now);
    }
  }

  /** The key to use: the first that is well, from a place that conversations share; -1: none. */
  int key(long session, long now) {
    int size = keys.size();
    if (size == 1) {
      return keys.getFirst().availability(now) == Availability.RESTING ? -1 : 0;
    }
    long place = session == 0 ? memory.nextTurn() : StickySessions.mix(session);
    int from = (int) Math.floorMod(place, (long) size);
    int doubtful = -1;
    for (int i = 0; i < size; i++) {
      int index = (from + i) % size;
      switch (keys.get(index).availability(now)) {
        case READY -> {
          return index;
        }
        case DOUBTFUL -> doubtful = doubtful < 0 ? index : doubtful;
        case RESTING -> {}
      }
    }
    return doubtful;
  }

  ProviderAccount withKey(int key) {
    return withKeys.get(key);
  }

  Health keyHealth(int key) {
    return keys.get(key);
  }
}
