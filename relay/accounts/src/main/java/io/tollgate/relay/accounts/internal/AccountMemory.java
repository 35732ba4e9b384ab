package io.tollgate.relay.accounts.internal;

import io.tollgate.relay.accounts.AccountsConfig;
import io.tollgate.relay.accounts.HealthState;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What is known of an account beside its settings, which it outlives: load, health, and what came
 * in the last minute. Safe for use by many threads; none waits.
 */
final class AccountMemory {
  private final long id;
  private final AccountsConfig config;
  private final Consumer<Health> changed;
  private final AtomicInteger load = new AtomicInteger();
  private final AtomicInteger turn = new AtomicInteger();
  private final Health health;
  private final Map<Long, Health> keys = new ConcurrentHashMap<>();
  private final MinuteCount requests;
  private final MinuteCount tokens;
  private final Latency latency = new Latency();
  private final AccountMeters meters;

  AccountMemory(
      long id, AccountsConfig config, Consumer<Health> changed, long now, AccountMeters meters) {
    this.id = id;
    this.config = config;
    this.changed = changed;
    this.meters = meters;
    health = new Health(new HealthSubject(id, 0), config, changed);
    requests = new MinuteCount(now);
    tokens = new MinuteCount(now);
  }

  AtomicInteger load() {
    return load;
  }

  /** Grows with each request that chooses a key. */
  int nextTurn() {
    return turn.getAndIncrement();
  }

  Health health() {
    return health;
  }

  /** Of one of its keys. */
  Health key(long keyId) {
    return keys.computeIfAbsent(
        keyId, number -> new Health(new HealthSubject(id, number), config, changed));
  }

  MinuteCount requests() {
    return requests;
  }

  MinuteCount tokens() {
    return tokens;
  }

  Latency latency() {
    return latency;
  }

  AccountMeters meters() {
    return meters;
  }

  /** The worse of its own state and that of its best key. */
  HealthState state(long now) {
    HealthState own = health.state(now);
    HealthState best =
        keys.values().stream()
            .map(key -> key.state(now))
            .min(Comparator.naturalOrder())
            .orElse(HealthState.HEALTHY);
    return best.compareTo(own) > 0 ? best : own;
  }

  void learn(LearnedHealth learned, long now) {
    Health whose = learned.subject().key() == 0 ? health : keys.get(learned.subject().key());
    if (whose != null) {
      whose.learn(learned, now);
    }
  }

  /** Forgets keys that it has no more. */
  void keepKeys(Set<Long> present) {
    keys.keySet().retainAll(present);
  }
}
