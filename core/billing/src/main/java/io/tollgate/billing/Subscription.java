package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A user's subscription to a plan.
 *
 * @param nextPlan id of the plan from the next period on, where it is another
 * @param renews whether it goes on when its period ends
 * @param periodPrice what the whole period costs in the plan as it is now
 * @param windowEndsAt when what is left of the window's quota expires
 * @param graceEndsAt in grace: when it ends unless it can be paid
 */
public record Subscription(
    long id,
    TenantId tenant,
    UserId user,
    Plan plan,
    Optional<Long> nextPlan,
    State state,
    boolean renews,
    Instant periodStartsAt,
    Instant periodEndsAt,
    Amount periodPrice,
    Instant windowEndsAt,
    Optional<Instant> graceEndsAt,
    Instant createdAt,
    Optional<Instant> endedAt) {
  /** Whether it holds. */
  public enum State {
    ACTIVE,
    /** Its period is over and the balance does not cover the next one yet. */
    GRACE,
    ENDED;

    /** As stored and as interfaces show it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<State> find(String code) {
      return Arrays.stream(values()).filter(state -> state.code().equals(code)).findFirst();
    }
  }

  public Subscription {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(plan, "plan is null");
    requireNonNull(nextPlan, "nextPlan is null");
    requireNonNull(state, "state is null");
    requireNonNull(periodStartsAt, "periodStartsAt is null");
    requireNonNull(periodEndsAt, "periodEndsAt is null");
    requireNonNull(periodPrice, "periodPrice is null");
    requireNonNull(windowEndsAt, "windowEndsAt is null");
    requireNonNull(graceEndsAt, "graceEndsAt is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(endedAt, "endedAt is null");
  }
}
