package io.tollgate.identity.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.IdentityConfig;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what presented secrets stand for. One that was found is believed for a while: longer as
 * long as the database tells of changes, and longer when it does not answer. One that was not found
 * is remembered apart and briefly, so that garbage pushes out no good key. A secret is loaded once
 * at a time, on a virtual thread, and loads leave the connection pool to others. What will soon be
 * too old to be believed is read again beforehand, many together. Safe for use by many threads;
 * {@link #get} never blocks.
 */
final class CredentialCache<V> implements CredentialChanges.Listener {
  private static final int MAX_LOADS = 8;
  private static final int MAX_WAITING = 10_000;
  private static final int UNKNOWN_ENTRIES = 10_000;
  private static final Duration UNKNOWN_FOR = Duration.ofSeconds(5);
  private static final int SPREAD = 0xFF;
  private static final Duration AWAY_PAUSE = Duration.ofSeconds(1);

  private final Loader<V> loader;
  private final LongSupplier nanoTime;
  private final long freshNanos;
  private final long heardNanos;
  private final Cache<SecretHash, Known<V>> known;
  private final Cache<SecretHash, Boolean> unknown;
  private final ConcurrentHashMap<SecretHash, CompletableFuture<Optional<V>>> loading =
      new ConcurrentHashMap<>();
  private final Semaphore loads = new Semaphore(MAX_LOADS);
  private final CredentialRefresh<SecretHash> refreshing = new CredentialRefresh<>(this::refresh);
  private final AtomicLong forgotten = new AtomicLong();

  /** Since when every change is heard of; nothing while that is not so. */
  private volatile @Nullable Long heardSince;

  /** Reads what secrets stand for; those that are not valid are left out. Blocks. */
  interface Loader<V> {
    Map<SecretHash, V> load(Set<SecretHash> hashes);
  }

  CredentialCache(Loader<V> loader, LongSupplier nanoTime, IdentityConfig config) {
    this.loader = loader;
    this.nanoTime = nanoTime;
    this.freshNanos = config.keyFresh().toNanos();
    this.heardNanos = config.keyHeard().toNanos();
    Duration grace =
        Collections.max(List.of(config.keyGrace(), config.keyFresh(), config.keyHeard()));
    this.known =
        Caffeine.newBuilder()
            .maximumSize(config.keyCacheEntries())
            .expireAfterWrite(grace)
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .build();
    this.unknown =
        Caffeine.newBuilder()
            .maximumSize(UNKNOWN_ENTRIES)
            .expireAfterWrite(UNKNOWN_FOR)
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /** What the secret stands for, or nothing. */
  CompletionStage<Optional<V>> get(SecretHash hash) {
    Known<V> entry = known.getIfPresent(hash);
    if (entry != null && isFresh(entry)) {
      if (isSoonStale(entry)) {
        refreshing.add(hash);
      }
      return CompletableFuture.completedStage(Optional.of(entry.value));
    }
    if (entry == null && unknown.getIfPresent(hash) != null) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    if (loading.size() >= MAX_WAITING) {
      return CompletableFuture.failedStage(
          new Refusal(ErrorCode.UNAVAILABLE, "too many keys are being checked")
              .withRetryAfter(AWAY_PAUSE));
    }
    CompletableFuture<Optional<V>> mine = new CompletableFuture<>();
    CompletableFuture<Optional<V>> others = loading.putIfAbsent(hash, mine);
    if (others != null) {
      return others.minimalCompletionStage();
    }
    Thread.ofVirtual().name("credential-load").start(() -> load(hash, mine));
    return mine.minimalCompletionStage();
  }

  /** The same, blocking. */
  Optional<V> await(SecretHash hash) {
    try {
      return get(hash).toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private boolean isFresh(Known<V> entry) {
    long now = nanoTime.getAsLong();
    long age = now - entry.readAt;
    Long since = heardSince;
    return age < freshNanos
        || (since != null && entry.readAt - since > 0 && age < heardNanos)
        || now - entry.believedUntil < 0;
  }

  private boolean isSoonStale(Known<V> entry) {
    return nanoTime.getAsLong() - entry.readAt >= entry.refreshNanos;
  }

  @Override
  public void heard() {
    heardSince = nanoTime.getAsLong();
  }

  @Override
  public void deaf() {
    heardSince = null;
  }

  @Override
  public void allChanged() {
    forgotten.incrementAndGet();
    known.invalidateAll();
    unknown.invalidateAll();
  }

  @Override
  public void changed(SecretHash hash) {
    forget(hash);
  }

  /** Forgets a secret that was ended or is good again; call it after the commit. */
  void forget(SecretHash hash) {
    // first the count, so that a load which read the old row takes its entry back
    forgotten.incrementAndGet();
    known.invalidate(hash);
    unknown.invalidate(hash);
  }

  private void load(SecretHash hash, CompletableFuture<Optional<V>> result) {
    Optional<V> found;
    loads.acquireUninterruptibly();
    try {
      found = read(hash);
    } catch (RuntimeException | Error e) {
      loading.remove(hash, result);
      result.completeExceptionally(e);
      return;
    } finally {
      loads.release();
    }
    loading.remove(hash, result);
    result.complete(found);
  }

  private Optional<V> read(SecretHash hash) {
    long before = forgotten.get();
    long readAt = nanoTime.getAsLong();
    Optional<V> found;
    try {
      found = Optional.ofNullable(loader.load(Set.of(hash)).get(hash));
    } catch (RuntimeException e) {
      return believeOnce(hash, e);
    }
    if (found.isPresent()) {
      known.put(hash, new Known<>(found.get(), readAt, refreshAfter(hash)));
      if (forgotten.get() != before) {
        known.invalidate(hash);
      }
    } else {
      known.invalidate(hash);
      unknown.put(hash, true);
      if (forgotten.get() != before) {
        unknown.invalidate(hash);
      }
    }
    return found;
  }

  /**
   * After how long a secret that is used is read again, while changes are heard: when five eighths
   * to three quarters of the time are over for which it is believed, each at a time of its own.
   */
  private long refreshAfter(SecretHash hash) {
    return heardNanos - heardNanos / 4 - (heardNanos / 8) * (hash.first() & SPREAD) / SPREAD;
  }

  private void refresh(Set<SecretHash> hashes) {
    long before = forgotten.get();
    long readAt = nanoTime.getAsLong();
    Map<SecretHash, V> found = loader.load(hashes);
    for (SecretHash hash : hashes) {
      V value = found.get(hash);
      if (value == null) {
        known.invalidate(hash);
      } else {
        known.put(hash, new Known<>(value, readAt, refreshAfter(hash)));
      }
    }
    if (forgotten.get() != before) {
      known.invalidateAll(hashes);
    }
  }

  /**
   * The database does not answer: what was known lately still holds, and is not asked for again.
   */
  private Optional<V> believeOnce(SecretHash hash, RuntimeException failure) {
    Known<V> entry = known.getIfPresent(hash);
    if (entry == null) {
      throw failure;
    }
    entry.believedUntil = nanoTime.getAsLong() + AWAY_PAUSE.toNanos();
    return Optional.of(entry.value);
  }

  private static final class Known<V> {
    final V value;

    /** Before it was read. */
    final long readAt;

    /** After how long it is read again where it is used, though it is still believed. */
    final long refreshNanos;

    // pushed forward without counting as a write, so that the grace runs from the last answer
    volatile long believedUntil;

    Known(V value, long readAt, long refreshNanos) {
      this.value = value;
      this.readAt = readAt;
      this.refreshNanos = refreshNanos;
      this.believedUntil = readAt;
    }
  }
}
