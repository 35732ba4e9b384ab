package io.tollgate.relay.accounts.internal;

import io.tollgate.relay.accounts.HealthState;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The health of an account or a key at one moment. Immutable; times are monotonic nanoseconds.
 *
 * @param until when its rest ends; without meaning for what is healthy or banned
 * @param failure the latest; it outlives the rest
 * @param since when the first of the counted failures was
 * @param failures counted since then
 * @param successes counted since then
 * @param refusals in a row
 * @param opened how often in a row the circuit was opened
 * @param probing whether a request probes an open circuit, for which {@code until} is given to it
 * @param unwritten whether it was banned here and no other process can know of that yet
 */
record Standing(
    HealthState state,
    long until,
    @Nullable Failure failure,
    long since,
    int failures,
    int successes,
    int refusals,
    int opened,
    boolean probing,
    boolean unwritten) {
  /** Of what has never failed. */
  static final Standing UNKNOWN =
      new Standing(HealthState.HEALTHY, 0, null, 0, 0, 0, 0, 0, false, false);

  /** Why it was left. */
  record Failure(String code, OptionalInt status, long at) {}

  /** Without rest and counts; the latest failure is remembered. */
  Standing well() {
    return new Standing(HealthState.HEALTHY, 0, failure, 0, 0, 0, 0, 0, false, false);
  }

  /** One more success among the failures that are counted. */
  Standing counted() {
    return new Standing(
        HealthState.HEALTHY, 0, failure, since, failures, successes + 1, 0, 0, false, false);
  }

  /** Resting in some state, with everything counted as it is. */
  Standing resting(HealthState next, long nextUntil) {
    return new Standing(
        next, nextUntil, failure, since, failures, successes, refusals, opened, false, false);
  }

  Standing withFailure(Failure latest) {
    return new Standing(
        state, until, latest, since, failures, successes, refusals, opened, probing, unwritten);
  }

  Standing withFailures(long nextSince, int nextFailures, int nextSuccesses) {
    return new Standing(
        state,
        until,
        failure,
        nextSince,
        nextFailures,
        nextSuccesses,
        refusals,
        opened,
        probing,
        unwritten);
  }

  Standing withRefusals(int next) {
    return new Standing(
        state, until, failure, since, failures, successes, next, opened, probing, unwritten);
  }

  /** The circuit opens once more. */
  Standing openedUntil(long nextUntil) {
    return new Standing(
        HealthState.CIRCUIT_OPEN,
        nextUntil,
        failure,
        since,
        failures,
        successes,
        refusals,
        Math.min(opened + 1, 30),
        false,
        false);
  }

  /** A request probes the open circuit; another may when that takes too long. */
  Standing probedUntil(long nextUntil) {
    return new Standing(
        state, nextUntil, failure, since, failures, successes, refusals, opened, true, false);
  }

  /** Banned by what this process was told itself. */
  Standing bannedHere(long now) {
    return banned(now, true);
  }

  /** Its ban is known to all. */
  Standing known() {
    return banned(until, false);
  }

  private Standing banned(long when, boolean hereOnly) {
    return new Standing(
        HealthState.BANNED,
        when,
        failure,
        since,
        failures,
        successes,
        refusals,
        opened,
        false,
        hereOnly);
  }
}
