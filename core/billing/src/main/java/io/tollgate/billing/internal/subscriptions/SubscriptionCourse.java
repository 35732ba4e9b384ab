package io.tollgate.billing.internal.subscriptions;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.Plan;
import io.tollgate.billing.Subscriptions.By;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/**
 * What happens to a subscription by itself: windows, renewals, grace and its end. Each step is one
 * transaction, with the row locked.
 */
final class SubscriptionCourse {
  private final PlanBooking booking;
  private final Tenants tenants;
  private final SubscriptionRules rules;
  private final StepWriting writing;

  SubscriptionCourse(
      PlanBooking booking, Tenants tenants, SubscriptionRules rules, StepWriting writing) {
    this.writing = requireNonNull(writing, "writing is null");
    this.booking = requireNonNull(booking, "booking is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.rules = requireNonNull(rules, "rules is null");
  }

  /** Pays the first period and gives its first window. */
  Held begin(Transaction transaction, Held bought, Plan plan, By by, Instant now) {
    Held held = bought.stepped();
    return begun(transaction, held, plan, booking.pay(transaction, held, plan.price()), by, now);
  }

  /** The same at the price that was paid in through a channel, from the balance alone. */
  Held beginPaidIn(Transaction transaction, Held bought, Plan plan, Instant now) {
    Held held = bought.stepped();
    Amount price = new Amount(plan.price().asset(), held.periodPrice());
    return begun(
        transaction, held, plan, booking.payFromBalance(transaction, held, price), By.USER, now);
  }

  private Held begun(
      Transaction transaction, Held held, Plan plan, Optional<UUID> payment, By by, Instant now) {
    return window(
        transaction,
        held,
        plan,
        new Step(Step.Kind.BOUGHT, held.periodPrice(), payment, 0, Optional.empty(), by),
        now);
  }

  /** Does what is due. */
  Held goOn(Transaction transaction, Held held, Instant now) {
    if (now.isBefore(held.periodEndsAt())) {
      return window(
          transaction,
          held.stepped(),
          plan(transaction, held.plan()),
          Step.of(Step.Kind.WINDOW, By.USER),
          now);
    }
    return held.renews() ? renew(transaction, held, now) : end(transaction, held, now);
  }

  private Held renew(Transaction transaction, Held before, Instant now) {
    Plan plan = plan(transaction, before.nextPlan().orElse(before.plan()));
    Held held = before.inPeriod(plan, now, zone(transaction, before.tenant())).stepped();
    Optional<UUID> payment;
    try {
      payment = booking.pay(transaction, held, plan.price());
    } catch (Refusal refusal) {
      if (refusal.code() != ErrorCode.INSUFFICIENT_MEANS) {
        throw refusal;
      }
      return waitForMeans(transaction, before, now);
    }
    return window(
        transaction,
        held,
        plan,
        new Step(Step.Kind.RENEWED, plan.price().units(), payment, 0, Optional.empty(), By.USER),
        now);
  }

  /** The balance is short: it is tried again until the grace is over. */
  private Held waitForMeans(Transaction transaction, Held held, Instant now) {
    Instant ends = held.graceEndsAt().orElseGet(() -> held.periodEndsAt().plus(rules.grace()));
    if (!now.isBefore(ends)) {
      return end(transaction, held, now);
    }
    boolean first = held.graceEndsAt().isEmpty();
    Held waiting = (first ? held.stepped() : held).inGrace(ends, now.plus(rules.retry()));
    if (first) {
      writing.write(transaction, waiting, Step.of(Step.Kind.GRACE, By.USER), now);
    } else {
      SubscriptionTable.update(transaction, waiting);
    }
    return waiting;
  }

  Held end(Transaction transaction, Held held, Instant now) {
    Held ended = held.stepped().ended(now);
    writing.write(transaction, ended, Step.of(Step.Kind.ENDED, By.USER), now);
    return ended;
  }

  /**
   * Gives the quota of the window in which a time lies: the whole of it, or of a window that ends
   * early the part.
   */
  private Held window(Transaction transaction, Held held, Plan plan, Step step, Instant now) {
    ZoneId zone = zone(transaction, held.tenant());
    Instant starts =
        held.windowEndsAt().isBefore(held.periodStartsAt())
            ? held.periodStartsAt()
            : held.windowEndsAt();
    Instant whole = windowEnd(held, plan, starts, zone);
    while (!whole.isAfter(now) && whole.isBefore(held.periodEndsAt())) {
      starts = whole;
      whole = windowEnd(held, plan, starts, zone);
    }
    Held within = held.withWindow(whole);
    long tokens = plan.tokens();
    if (within.windowEndsAt().isBefore(whole)) {
      tokens =
          TimeShare.of(starts, whole, starts.plus(Duration.between(within.windowEndsAt(), whole)))
              .ofTokens(plan.tokens());
    }
    Optional<UUID> grant = booking.give(transaction, within, tokens, within.windowEndsAt());
    writing.write(
        transaction,
        within,
        new Step(step.kind(), step.paid(), step.payment(), tokens, grant, step.by()),
        now);
    return within;
  }

  /** When a window ends that is not cut off by the period's end. */
  private static Instant windowEnd(Held held, Plan plan, Instant starts, ZoneId zone) {
    if (plan.windowDays() > 0) {
      return starts.atZone(zone).plusDays(plan.windowDays()).toInstant();
    }
    // what was added to a period after its window is part of a whole one
    return starts.equals(held.periodStartsAt()) && held.periodNumber() > 0
        ? held.periodEndsAt()
        : plan.period().end(starts, 1, zone);
  }

  Plan plan(Transaction transaction, long id) {
    return PlanTable.find(transaction, id)
        .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no plan " + id));
  }

  ZoneId zone(Transaction transaction, TenantId tenant) {
    return tenants
        .find(transaction, tenant)
        .map(Tenant::zone)
        .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + tenant));
  }
}
