package io.tollgate.relay.accounts.internal;

import io.tollgate.relay.accounts.AccountFailure;
import io.tollgate.relay.accounts.AccountUse;
import io.tollgate.relay.accounts.ProviderAccount;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A use that counts as its account's load from when it is made to its first ending. */
final class CountedUse implements AccountUse {
  private static final Logger log = LoggerFactory.getLogger(CountedUse.class);

  private final RoutedAccount routed;
  private final int key;
  private final long expected;
  private final boolean probe;
  private final LongSupplier nanoTime;
  private final long since;
  private final StickySessions sessions;
  private final long session;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean counted = new AtomicBoolean();

  /**
   * @param routed whose load counts it already
   * @param expected tokens that are counted for it so far
   * @param probe whether it probes an open circuit
   * @param session the conversation that stays with the account once it has answered; 0 for none,
   *     or for one that does already
   */
  CountedUse(
      RoutedAccount routed,
      int key,
      long expected,
      boolean probe,
      LongSupplier nanoTime,
      long since,
      StickySessions sessions,
      long session) {
    this.routed = routed;
    this.key = key;
    this.expected = expected;
    this.probe = probe;
    this.nanoTime = nanoTime;
    this.since = since;
    this.sessions = sessions;
    this.session = session;
    routed.memory().meters().request();
  }

  @Override
  public ProviderAccount account() {
    return routed.withKey(key);
  }

  @Override
  public void answered() {
    long now = nanoTime.getAsLong();
    routed.memory().latency().add(now - since, now);
    sessions.remember(session, routed.id().value());
  }

  @Override
  public void used(long tokens) {
    if (counted.compareAndSet(false, true)) {
      routed.used(expected, tokens, since, nanoTime.getAsLong());
    }
  }

  @Override
  public void succeeded() {
    if (end()) {
      long now = nanoTime.getAsLong();
      routed.memory().health().succeeded(now, probe);
      routed.keyHealth(key).succeeded(now, false);
    }
  }

  @Override
  public void failed(AccountFailure failure) {
    if (!end()) {
      return;
    }
    long now = nanoTime.getAsLong();
    routed.memory().meters().failure(failure);
    switch (failure) {
      case AccountFailure.RateLimited _, AccountFailure.Banned _ -> {
        used(0);
        ofKey(failure, now);
      }
      case AccountFailure.Unreachable _, AccountFailure.Failed _ -> {
        boolean _ = routed.memory().health().failed(failure, now);
      }
    }
  }

  /** What the provider says of the key; the account answers, so its circuit is not to blame. */
  private void ofKey(AccountFailure failure, long now) {
    if (probe) {
      routed.memory().health().succeeded(now, true);
    }
    if (routed.keyHealth(key).failed(failure, now)) {
      log.atError()
          .addKeyValue("provider_account", account().id().value())
          .addKeyValue("provider", account().provider())
          .addKeyValue("key", account().apiKey().id())
          .addKeyValue("status", failure.httpStatus().orElse(0))
          .log("a provider banned a key of ours; it serves no more until it is reset");
    }
  }

  @Override
  public void released() {
    if (end() && probe) {
      routed.memory().health().probeReleased(nanoTime.getAsLong());
    }
  }

  private boolean end() {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    routed.memory().load().decrementAndGet();
    return true;
  }
}
