package io.tollgate.billing.internal.subscriptions;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.GrantLimits;
import io.tollgate.billing.Plan;
import io.tollgate.billing.Subscription;
import io.tollgate.billing.SubscriptionChange;
import io.tollgate.billing.Subscriptions;
import io.tollgate.billing.UserStandings;
import io.tollgate.billing.internal.crash.BillingStep;
import io.tollgate.billing.internal.crash.BillingSteps;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.UserAccess;
import io.tollgate.identity.Users;
import io.tollgate.ledger.Ledger;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Subscriptions as users and administrators deal with them. */
public final class StoredSubscriptions implements Subscriptions {
  private static final int KEY_MAX = 128;
  private static final int DAYS_MAX = 366;

  private final BillingSteps steps;
  private final HeldMeans means;
  private final PlanBooking booking;
  private final SubscriptionCourse course;
  private final StepWriting writing;
  private final InstantSource clock;

  public StoredSubscriptions(
      Transactions transactions,
      Ledger ledger,
      Tenants tenants,
      Users users,
      UserAccess access,
      UserStandings standings,
      GrantLimits limits,
      SubscriptionRules rules,
      InstantSource clock,
      LongSupplier nanoTime,
      BillingSteps steps) {
    this.steps = requireNonNull(steps, "steps is null");
    this.means = new HeldMeans(transactions, nanoTime);
    SubscriptionEvents events = new SubscriptionEvents(standings, clock);
    this.writing = new StepWriting(access, events);
    this.booking = new PlanBooking(ledger, users, limits, clock);
    this.course = new SubscriptionCourse(booking, tenants, rules, writing);
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Does what is due of one, unless somebody else is at it.
   *
   * @return whether something was
   */
  boolean goOn(long id, Instant now) {
    boolean made =
        means.use(
            transaction -> {
              Optional<Held> due = SubscriptionTable.lockDue(transaction, id, now);
              due.ifPresent(
                  held -> {
                    Held _ = course.goOn(transaction, held, now);
                    steps.reach(BillingStep.RENEWAL_BOOKING);
                  });
              return due.isPresent();
            });
    if (made) {
      steps.reach(BillingStep.RENEWAL_BOOKED);
    }
    return made;
  }

  @Override
  public ListPage<Subscription> list(Transaction transaction, Filter filter, ListRequest page) {
    ListPage<Held> found = SubscriptionTable.page(transaction, filter, page);
    Map<Long, Plan> plans =
        PlanTable.find(transaction, found.rows().stream().map(Held::plan).distinct().toList());
    return found.with(
        found.rows().stream()
            .map(held -> held.with(requireNonNull(plans.get(held.plan()), "a plan is gone")))
            .toList());
  }

  @Override
  public Optional<Subscription> of(Transaction transaction, TenantId tenant, UserId user) {
    return SubscriptionTable.of(transaction, tenant, user, false)
        .map(held -> shown(transaction, held));
  }

  @Override
  public Subscription buy(TenantId tenant, UserId user, long planId, String key, By by) {
    return means.use(transaction -> buy(transaction, tenant, user, planId, key, by));
  }

  private Subscription buy(
      Transaction transaction, TenantId tenant, UserId user, long planId, String key, By by) {
    if (key.isEmpty() || key.length() > KEY_MAX) {
      throw GivenText.refused("idempotency_key", key, "1 to " + KEY_MAX + " characters");
    }
    Optional<Map.Entry<Long, Held>> before =
        SubscriptionTable.bought(transaction, tenant, user, key);
    if (before.isPresent()) {
      return repeated(transaction, before.get(), planId);
    }
    Plan plan = sold(transaction, tenant, planId);
    Instant now = now();
    Instant ends = plan.period().end(now, 1, course.zone(transaction, tenant));
    Optional<Held> inserted =
        SubscriptionTable.insert(transaction, tenant, user, plan, plan.price(), key, now, ends);
    if (inserted.isEmpty()) {
      // somebody was faster: with this key, or with another one
      return SubscriptionTable.bought(transaction, tenant, user, key)
          .map(first -> repeated(transaction, first, planId))
          .orElseThrow(
              () ->
                  new Refusal(
                      ErrorCode.CONFLICT,
                      "the user has a subscription (expected: none, or another plan for it)"));
    }
    return shown(transaction, course.begin(transaction, inserted.get(), plan, by, now));
  }

  @Override
  public Plan offer(Transaction transaction, TenantId tenant, UserId user, long planId) {
    Plan plan = sold(transaction, tenant, planId);
    if (SubscriptionTable.of(transaction, tenant, user, false).isPresent()) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "the user has a subscription (expected: none, or another plan for it)");
    }
    return plan;
  }

  @Override
  public void lock(Transaction transaction, TenantId tenant, UserId user) {
    Optional<Held> _ = SubscriptionTable.of(transaction, tenant, user, true);
  }

  @Override
  public Begun beginPaidIn(
      Transaction transaction,
      TenantId tenant,
      UserId user,
      long planId,
      String key,
      Amount price) {
    if (SubscriptionTable.of(transaction, tenant, user, false).isPresent()) {
      return Begun.refused("the user has a subscription");
    }
    Optional<String> shortOf = booking.shortOf(transaction, tenant, user, price);
    if (shortOf.isPresent()) {
      return Begun.refused(shortOf.get());
    }
    Plan plan = course.plan(transaction, planId);
    Instant now = now();
    Instant ends = plan.period().end(now, 1, course.zone(transaction, tenant));
    return SubscriptionTable.insert(transaction, tenant, user, plan, price, key, now, ends)
        .map(held -> course.beginPaidIn(transaction, held, plan, now))
        .map(held -> Begun.of(held.id()))
        .orElseGet(() -> Begun.refused("the user has a subscription"));
  }

  private Subscription repeated(
      Transaction transaction, Map.Entry<Long, Held> bought, long planId) {
    if (bought.getKey() != planId) {
      throw new Refusal(
          ErrorCode.IDEMPOTENCY_CONFLICT,
          "idempotency_key: was used for plan "
              + bought.getKey()
              + " (expected: a new key, or the same plan)");
    }
    return shown(transaction, bought.getValue());
  }

  @Override
  public SubscriptionChange quote(
      Transaction transaction, TenantId tenant, UserId user, long planId) {
    Held held = required(SubscriptionTable.of(transaction, tenant, user, false));
    return quote(transaction, held, sold(transaction, tenant, planId), now());
  }

  private SubscriptionChange quote(Transaction transaction, Held held, Plan wanted, Instant now) {
    if (held.plan() == wanted.id()) {
      throw new Refusal(
          ErrorCode.CONFLICT, "plan: " + wanted.id() + " (expected: another than it has)");
    }
    if (held.state() != Subscription.State.ACTIVE || !now.isBefore(held.periodEndsAt())) {
      throw new Refusal(
          ErrorCode.CONFLICT, "the subscription waits for its payment (expected: paid first)");
    }
    Plan plan = course.plan(transaction, held.plan());
    long more = wanted.price().units() - held.periodPrice();
    if (!plan.turnsInto(wanted) || more < 0) {
      return new SubscriptionChange(
          wanted, held.periodEndsAt(), false, Amount.zero(wanted.price().asset()), 0);
    }
    TimeShare period = TimeShare.of(held.periodStartsAt(), held.periodEndsAt(), now);
    return new SubscriptionChange(
        wanted,
        now,
        true,
        new Amount(wanted.price().asset(), period.ofMoney(more)),
        windowShare(plan, held, now).ofTokens(wanted.tokens() - plan.tokens()));
  }

  private static TimeShare windowShare(Plan plan, Held held, Instant now) {
    Instant starts =
        plan.windowDays() == 0
            ? held.periodStartsAt()
            : held.windowEndsAt().minus(plan.windowDays(), ChronoUnit.DAYS);
    return TimeShare.of(starts, held.windowEndsAt(), now);
  }

  @Override
  public Subscription change(
      TenantId tenant, UserId user, long planId, Optional<Amount> max, By by) {
    return means.use(transaction -> change(transaction, tenant, user, planId, max, by));
  }

  private Subscription change(
      Transaction transaction,
      TenantId tenant,
      UserId user,
      long planId,
      Optional<Amount> max,
      By by) {
    Held held = required(SubscriptionTable.of(transaction, tenant, user, true));
    Plan wanted = sold(transaction, tenant, planId);
    if (held.plan() == planId) {
      // there already; what was planned otherwise is taken back
      return held.nextPlan().isEmpty()
          ? shown(transaction, held)
          : stepped(transaction, held.goingOver(Optional.empty()), Step.Kind.PLANNED, by);
    }
    Instant now = now();
    SubscriptionChange change = quote(transaction, held, wanted, now);
    if (max.isPresent() && change.due().compareTo(max.get()) > 0) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "max: " + max.get() + " (expected: " + change.due() + " or more, as it costs now)");
    }
    if (!change.immediate()) {
      return stepped(
          transaction, held.goingOver(Optional.of(planId)).renewing(true), Step.Kind.PLANNED, by);
    }
    Held upgraded = held.in(wanted).stepped();
    Optional<UUID> payment = booking.pay(transaction, upgraded, change.due());
    Optional<UUID> grant =
        booking.give(transaction, upgraded, change.tokens(), upgraded.windowEndsAt());
    writing.write(
        transaction,
        upgraded,
        new Step(Step.Kind.UPGRADED, change.due().units(), payment, change.tokens(), grant, by),
        now);
    return shown(transaction, upgraded);
  }

  @Override
  public Subscription renew(
      Transaction transaction, TenantId tenant, UserId user, boolean renews, By by) {
    return renew(
        transaction, required(SubscriptionTable.of(transaction, tenant, user, true)), renews, by);
  }

  @Override
  public Subscription renew(Transaction transaction, long id, boolean renews, By by) {
    return renew(transaction, holding(transaction, id), renews, by);
  }

  private Subscription renew(Transaction transaction, Held held, boolean renews, By by) {
    if (!renews && held.state() == Subscription.State.GRACE) {
      return shown(transaction, course.end(transaction, held, now()));
    }
    if (held.renews() == renews) {
      return shown(transaction, held);
    }
    return stepped(
        transaction, held.renewing(renews), renews ? Step.Kind.RESUMED : Step.Kind.CANCELLED, by);
  }

  @Override
  public Subscription prolong(Transaction transaction, long id, int days, By by) {
    if (days < 1 || days > DAYS_MAX) {
      throw GivenText.refused("days", Integer.toString(days), "1 to " + DAYS_MAX);
    }
    Held held = holding(transaction, id);
    if (held.state() != Subscription.State.ACTIVE) {
      throw new Refusal(
          ErrorCode.CONFLICT, "subscription " + id + " is in grace (expected: active)");
    }
    Instant ends =
        held.periodEndsAt()
            .atZone(course.zone(transaction, held.tenant()))
            .plusDays(days)
            .toInstant();
    return stepped(transaction, held.prolonged(ends), Step.Kind.PROLONGED, by);
  }

  @Override
  public Subscription stop(Transaction transaction, long id, AdminId admin) {
    Held held = holding(transaction, id);
    for (UUID grant : SubscriptionTable.grants(transaction, id)) {
      var unused =
          booking.quotas().revoke(transaction, grant, admin, "subscription " + id + " stopped");
    }
    return stepped(transaction, held.ended(now()), Step.Kind.STOPPED, By.admin(admin));
  }

  private Subscription stepped(Transaction transaction, Held changed, Step.Kind kind, By by) {
    Held held = changed.stepped();
    writing.write(transaction, held, Step.of(kind, by), now());
    return shown(transaction, held);
  }

  private Plan sold(Transaction transaction, TenantId tenant, long planId) {
    return PlanTable.find(transaction, planId)
        .filter(plan -> plan.tenant().equals(tenant) && plan.selling())
        .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no plan " + planId));
  }

  private static Held holding(Transaction transaction, long id) {
    return SubscriptionTable.lock(transaction, id)
        .filter(held -> !held.isOver())
        .orElseThrow(
            () ->
                new Refusal(ErrorCode.NOT_FOUND, "there is no subscription " + id + " that holds"));
  }

  private static Held required(Optional<Held> held) {
    return held.orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "the user has no subscription"));
  }

  private Subscription shown(Transaction transaction, Held held) {
    return held.with(course.plan(transaction, held.plan()));
  }

  /** As the database keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
