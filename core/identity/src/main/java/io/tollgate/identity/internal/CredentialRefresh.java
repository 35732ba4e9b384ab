package io.tollgate.identity.internal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads again what soon must be, without anybody waiting for it: gathered for a moment, then read
 * together, on a virtual thread that lives as long as there is something. Safe for use by many
 * threads; {@link #add} never blocks.
 */
final class CredentialRefresh<T> {
  private static final Logger LOG = LoggerFactory.getLogger(CredentialRefresh.class);
  private static final int MAX_WAITING = 10_000;
  private static final int MAX_AT_ONCE = 500;
  private static final Duration GATHER = Duration.ofMillis(200);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final Consumer<Set<T>> read;
  private final Set<T> items = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean running = new AtomicBoolean();

  CredentialRefresh(Consumer<Set<T>> read) {
    this.read = read;
  }

  /** Left out when it waits already, or too many do: it is asked for again. */
  void add(T item) {
    if (!items.contains(item) && items.size() < MAX_WAITING && items.add(item)) {
      start();
    }
  }

  private void start() {
    if (running.compareAndSet(false, true)) {
      Thread.ofVirtual().name("credential-refresh").start(this::run);
    }
  }

  private void run() {
    try {
      Duration pause = GATHER;
      while (!items.isEmpty()) {
        Thread.sleep(pause);
        pause = readSome() ? GATHER : AFTER_FAILURE;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running.set(false);
    }
    // what came after the last look
    if (!items.isEmpty()) {
      start();
    }
  }

  private boolean readSome() {
    Set<T> some = items.stream().limit(MAX_AT_ONCE).collect(Collectors.toSet());
    try {
      read.accept(some);
      return true;
    } catch (RuntimeException e) {
      LOG.warn(
          "{} credentials could not be read again; they are when they are used", some.size(), e);
      return false;
    } finally {
      items.removeAll(some);
    }
  }
}
