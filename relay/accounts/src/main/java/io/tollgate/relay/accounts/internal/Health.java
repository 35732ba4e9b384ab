package io.tollgate.relay.accounts.internal;

import io.tollgate.relay.accounts.AccountFailure;
import io.tollgate.relay.accounts.AccountsConfig;
import io.tollgate.relay.accounts.HealthState;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The health of an account or of one of its keys, as this process knows it. What is learned from a
 * request is told to a listener. Safe for use by many threads; none waits.
 */
final class Health {
  /** Whether it can serve, from best to worst. */
  enum Availability {
    READY,
    DOUBTFUL,
    RESTING
  }

  private final HealthSubject subject;
  private final AccountsConfig config;
  private final Consumer<Health> changed;
  private final AtomicReference<Standing> standing = new AtomicReference<>(Standing.UNKNOWN);
  private volatile long version;

  /**
   * @param changed hears that there is news; must not block
   */
  Health(HealthSubject subject, AccountsConfig config, Consumer<Health> changed) {
    this.subject = subject;
    this.config = config;
    this.changed = changed;
  }

  HealthSubject subject() {
    return subject;
  }

  Standing standing() {
    return standing.get();
  }

  Availability availability(long now) {
    Standing current = standing.get();
    return switch (current.state()) {
      case HEALTHY -> Availability.READY;
      case DOUBTFUL -> current.until() - now > 0 ? Availability.DOUBTFUL : Availability.READY;
      case COOLING, CIRCUIT_OPEN ->
          current.until() - now > 0 ? Availability.RESTING : Availability.READY;
      case BANNED -> Availability.RESTING;
    };
  }

  /** How long it rests; {@link Long#MAX_VALUE} where nobody knows. */
  long restNanos(long now) {
    Standing current = standing.get();
    return switch (current.state()) {
      case HEALTHY, DOUBTFUL -> 0;
      case COOLING, CIRCUIT_OPEN -> Math.max(0, current.until() - now);
      case BANNED -> Long.MAX_VALUE;
    };
  }

  /** Its state, without a rest that is over; a circuit stays open until a probe has closed it. */
  HealthState state(long now) {
    Standing current = standing.get();
    return switch (current.state()) {
      case HEALTHY, CIRCUIT_OPEN, BANNED -> current.state();
      case DOUBTFUL, COOLING -> current.until() - now > 0 ? current.state() : HealthState.HEALTHY;
    };
  }

  /** Whether the circuit is open, so that the next request is a probe. */
  boolean open() {
    return standing.get().state() == HealthState.CIRCUIT_OPEN;
  }

  /** Makes a request the only one that probes the open circuit. */
  boolean tryProbe(long now) {
    Standing current = standing.get();
    return current.state() != HealthState.CIRCUIT_OPEN
        || (current.until() - now <= 0
            && standing.compareAndSet(
                current, current.probedUntil(now + millis(config.circuitOpenMs()))));
  }

  /** A probe ended without saying anything: another may follow at once. */
  void probeReleased(long now) {
    change(current -> current.probing() ? current.resting(HealthState.CIRCUIT_OPEN, now) : current);
  }

  /**
   * A request was served.
   *
   * @param probe whether it was the one that probed an open circuit
   */
  void succeeded(long now, boolean probe) {
    Standing before = standing.get();
    if (before.state() == HealthState.HEALTHY && before.failures() == 0) {
      return;
    }
    boolean recovered = change(current -> afterSuccess(current, now, probe));
    if (recovered && standing.get().state() != before.state()) {
      tell();
    }
  }

  private Standing afterSuccess(Standing current, long now, boolean probe) {
    return switch (current.state()) {
      case HEALTHY, DOUBTFUL ->
          now - current.since() > millis(config.circuitWindowMs())
              ? current.well()
              : current.counted();
      case CIRCUIT_OPEN -> probe ? current.well() : current;
      case COOLING -> current.until() - now > 0 ? current : current.well();
      // one that was on its way when the ban came
      case BANNED -> current;
    };
  }

  /**
   * A request was not served.
   *
   * @return whether this banned it
   */
  boolean failed(AccountFailure failure, long now) {
    Standing.Failure latest = new Standing.Failure(failure.code(), failure.httpStatus(), now);
    Standing before =
        standing.getAndUpdate(current -> after(current, failure, now).withFailure(latest));
    tell();
    return before.state() != HealthState.BANNED
        && failure instanceof AccountFailure.Banned
        && after(before, failure, now).state() == HealthState.BANNED;
  }

  private Standing after(Standing current, AccountFailure failure, long now) {
    if (current.state() == HealthState.BANNED) {
      return current;
    }
    return switch (failure) {
      case AccountFailure.RateLimited(var retryAfter) ->
          retryAfter.isPresent()
              ? longer(current, HealthState.COOLING, now + asked(retryAfter.get()), now)
              : longer(current, HealthState.DOUBTFUL, now + millis(config.rateLimitedMs()), now);
      case AccountFailure.Unreachable _ -> counted(current, now);
      case AccountFailure.Failed _ -> counted(current, now);
      case AccountFailure.Banned _ -> {
        Standing refused = current.withRefusals(current.refusals() + 1);
        yield refused.refusals() >= config.banRefusals()
            ? refused.bannedHere(now)
            : longer(refused, HealthState.DOUBTFUL, now + millis(config.bannedMs()), now);
      }
    };
  }

  private Standing counted(Standing current, long now) {
    if (current.state() == HealthState.CIRCUIT_OPEN) {
      // those that were on their way when it opened say nothing new
      return current.probing() || current.until() - now <= 0
          ? current.openedUntil(now + openNanos(current.opened()))
          : current;
    }
    boolean begun =
        current.failures() > 0 && now - current.since() <= millis(config.circuitWindowMs());
    Standing more =
        begun
            ? current.withFailures(current.since(), current.failures() + 1, current.successes())
            : current.withFailures(now, 1, 0);
    if (more.failures() >= config.circuitFailures() && more.failures() >= more.successes()) {
      return more.openedUntil(now + openNanos(0));
    }
    return longer(more, HealthState.DOUBTFUL, now + millis(config.failedMs()), now);
  }

  /** A rest is made longer by another failure, never shorter, and no state weaker. */
  private static Standing longer(Standing current, HealthState state, long until, long now) {
    boolean rests = current.state() != HealthState.HEALTHY && current.until() - now > 0;
    if (!rests) {
      return current.resting(state, until);
    }
    HealthState stronger = current.state().compareTo(state) > 0 ? current.state() : state;
    // a doubt that lasts longer does not make the rest that was asked for last longer
    boolean same = current.state() == state;
    long latest = current.until() - until > 0 ? current.until() : until;
    return current.resting(stronger, same ? latest : stronger == state ? until : current.until());
  }

  /** What another process learned, or this one before it was started again. */
  void learn(LearnedHealth learned, long now) {
    if (learned.version() != LearnedHealth.UNNUMBERED) {
      if (learned.version() <= version) {
        return;
      }
      version = learned.version();
    }
    boolean _ = change(current -> after(current, learned, now));
  }

  private static Standing after(Standing current, LearnedHealth learned, long now) {
    Standing.Failure failure =
        learned
            .failure()
            .map(
                code -> new Standing.Failure(code, learned.status(), now - learned.age().toNanos()))
            .orElse(current.failure());
    Standing told = failure == null ? current : current.withFailure(failure);
    long until = now + learned.rest().toNanos();
    return switch (learned.state()) {
      case HEALTHY -> undoes(current, learned) ? told.well() : told;
      case BANNED -> told.resting(HealthState.BANNED, until);
      case DOUBTFUL, COOLING, CIRCUIT_OPEN ->
          current.state() == HealthState.BANNED || learned.rest().isZero()
              ? told
              : longer(told, learned.state(), until, now);
    };
  }

  /**
   * Whether it is well again because another process says so: not where this one was banned since,
   * which that one did not know. Only a reset ends a ban, and that is told by the database, which
   * takes no success in place of a ban.
   */
  private static boolean undoes(Standing current, LearnedHealth learned) {
    return current.state() != HealthState.BANNED
        || (learned.version() != LearnedHealth.UNNUMBERED && !current.unwritten());
  }

  /**
   * What was written is not news when it is read.
   *
   * @param asWritten how it stood when it was written
   * @param asVersion 0 where something stronger was there already
   */
  void written(Standing asWritten, long asVersion) {
    version = Math.max(version, asVersion);
    if (asWritten.unwritten()) {
      boolean _ = change(current -> current.unwritten() ? current.known() : current);
    }
  }

  private void tell() {
    changed.accept(this);
  }

  private boolean change(UnaryOperator<Standing> next) {
    while (true) {
      Standing current = standing.get();
      Standing changed = next.apply(current);
      if (changed == current) {
        return false;
      }
      if (standing.compareAndSet(current, changed)) {
        return true;
      }
    }
  }

  private long asked(Duration rest) {
    Duration max = Duration.ofMillis(config.maxRestMs());
    return (rest.compareTo(max) > 0 ? max : rest).toNanos();
  }

  private long openNanos(int opened) {
    return millis(
        Math.min(
            (long) config.circuitOpenMs() << opened,
            Math.max(config.circuitMaxMs(), config.circuitOpenMs())));
  }

  private static long millis(long ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }
}
