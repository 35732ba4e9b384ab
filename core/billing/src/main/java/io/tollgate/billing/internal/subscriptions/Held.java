package io.tollgate.billing.internal.subscriptions;

import io.tollgate.billing.Plan;
import io.tollgate.billing.Subscription;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A subscription's row. What is done to it makes another, which is written at the end.
 *
 * @param anchorAt where periods are counted from
 * @param periodNumber of the current one, counted from there
 * @param steps how many it has made
 */
record Held(
    long id,
    TenantId tenant,
    UserId user,
    long plan,
    Optional<Long> nextPlan,
    Subscription.State state,
    boolean renews,
    Instant anchorAt,
    int periodNumber,
    Instant periodStartsAt,
    Instant periodEndsAt,
    long periodPrice,
    Instant windowEndsAt,
    Optional<Instant> graceEndsAt,
    Instant dueAt,
    int steps,
    Instant createdAt,
    Optional<Instant> endedAt) {

  Subscription with(Plan found) {
    return new Subscription(
        id,
        tenant,
        user,
        found,
        nextPlan,
        state,
        renews,
        periodStartsAt,
        periodEndsAt,
        new Amount(found.price().asset(), periodPrice),
        windowEndsAt,
        graceEndsAt,
        createdAt,
        endedAt);
  }

  boolean isOver() {
    return state == Subscription.State.ENDED;
  }

  Held stepped() {
    return new Held(
        id,
        tenant,
        user,
        plan,
        nextPlan,
        state,
        renews,
        anchorAt,
        periodNumber,
        periodStartsAt,
        periodEndsAt,
        periodPrice,
        windowEndsAt,
        graceEndsAt,
        dueAt,
        steps + 1,
        createdAt,
        endedAt);
  }

  Held renewing(boolean goesOn) {
    return new Held(
        id,
        tenant,
        user,
        plan,
        nextPlan,
        state,
        goesOn,
        anchorAt,
        periodNumber,
        periodStartsAt,
        periodEndsAt,
        periodPrice,
        windowEndsAt,
        graceEndsAt,
        dueAt,
        steps,
        createdAt,
        endedAt);
  }

  Held goingOver(Optional<Long> next) {
    return new Held(
        id,
        tenant,
        user,
        plan,
        next,
        state,
        renews,
        anchorAt,
        periodNumber,
        periodStartsAt,
        periodEndsAt,
        periodPrice,
        windowEndsAt,
        graceEndsAt,
        dueAt,
        steps,
        createdAt,
        endedAt);
  }

  /** In another plan within the same period. */
  Held in(Plan other) {
    return new Held(
        id,
        tenant,
        user,
        other.id(),
        Optional.empty(),
        state,
        renews,
        anchorAt,
        periodNumber,
        periodStartsAt,
        periodEndsAt,
        other.price().units(),
        windowEndsAt,
        graceEndsAt,
        dueAt,
        steps,
        createdAt,
        endedAt);
  }

  /** In the period of a plan in which a time lies; what was missed in between is passed over. */
  Held inPeriod(Plan due, Instant now, ZoneId zone) {
    boolean same = due.id() == plan;
    Instant anchor = same ? anchorAt : periodEndsAt;
    long number = due.period().numberAt(anchor, now, zone);
    Instant starts = number == 1 ? anchor : due.period().end(anchor, number - 1, zone);
    Instant ends = due.period().end(anchor, number, zone);
    return new Held(
        id,
        tenant,
        user,
        due.id(),
        Optional.empty(),
        Subscription.State.ACTIVE,
        renews,
        anchor,
        Math.toIntExact(number),
        starts,
        ends,
        due.price().units(),
        starts,
        Optional.empty(),
        ends,
        steps,
        createdAt,
        endedAt);
  }

  /** With a window that ends then, or with the period. */
  Held withWindow(Instant ends) {
    Instant within = ends.isAfter(periodEndsAt) ? periodEndsAt : ends;
    return new Held(
        id,
        tenant,
        user,
        plan,
        nextPlan,
        state,
        renews,
        anchorAt,
        periodNumber,
        periodStartsAt,
        periodEndsAt,
        periodPrice,
        within,
        graceEndsAt,
        within,
        steps,
        createdAt,
        endedAt);
  }

  Held inGrace(Instant ends, Instant again) {
    return new Held(
        id,
        tenant,
        user,
        plan,
        nextPlan,
        Subscription.State.GRACE,
        renews,
        anchorAt,
        periodNumber,
        periodStartsAt,
        periodEndsAt,
        periodPrice,
        windowEndsAt,
        Optional.of(ends),
        again.isAfter(ends) ? ends : again,
        steps,
        createdAt,
        endedAt);
  }

  /** With a period that ends later, from which the following are counted. */
  Held prolonged(Instant ends) {
    return new Held(
        id,
        tenant,
        user,
        plan,
        nextPlan,
        state,
        renews,
        ends,
        0,
        periodStartsAt,
        ends,
        periodPrice,
        windowEndsAt,
        graceEndsAt,
        dueAt,
        steps,
        createdAt,
        endedAt);
  }

  Held ended(Instant now) {
    return new Held(
        id,
        tenant,
        user,
        plan,
        Optional.empty(),
        Subscription.State.ENDED,
        false,
        anchorAt,
        periodNumber,
        periodStartsAt,
        periodEndsAt,
        periodPrice,
        windowEndsAt,
        Optional.empty(),
        now,
        steps,
        createdAt,
        Optional.of(now));
  }
}
