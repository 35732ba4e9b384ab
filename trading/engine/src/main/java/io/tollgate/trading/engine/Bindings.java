package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which accounts follow which strategies. Runs in the caller's transaction. Safe for use by many
 * threads.
 */
public interface Bindings {
  /** What a position may be larger than what it puts up. */
  Set<Integer> LEVERAGES = Set.of(5, 10, 20, 50, 75, 100);

  /** The most that one binding trades with, in USDT. */
  BigDecimal CAPITAL_MAX = new BigDecimal("1000000000");

  /**
   * Lets an account follow a strategy; one that was closed is opened again with what is ordered
   * now.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when the strategy is not open to the
   *     tenant or the user has no such account; {@code INVALID_REQUEST} when the strategy is for
   *     another exchange; {@code CONFLICT} when it follows already; {@code INSUFFICIENT_MEANS} when
   *     the user has fewer points than the order asks for, or owes some; {@code PLAN_LIMIT} when
   *     the tenant's plan has no room for another strategy
   */
  Binding open(Transaction transaction, BindingOrder order);

  /**
   * Changes on what terms an account follows a strategy; whether it runs stays.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when it never did
   */
  Binding change(Transaction transaction, Place place, BindingChange change);

  /**
   * Lets an account follow a strategy no more; one that does not is left as it is.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when it never did
   */
  Binding close(Transaction transaction, Place place);

  /** Those of a user, running or not, the oldest first. */
  List<Binding> of(Transaction transaction, TenantId tenant, UserId user);

  /** The most points that one of a user's running bindings wants, those on paper accounts aside. */
  Optional<Amount> highestMinimum(Transaction transaction, TenantId tenant, UserId user);

  /** How many users have a binding that runs, of the tenant or of all. */
  long usersFollowing(Transaction transaction, Optional<TenantId> tenant);

  /** Which account, and which strategy, by its own number. */
  record Place(TenantId tenant, UserId user, long account, long strategy) {
    public Place {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
    }
  }

  /**
   * On what terms an account is to follow a strategy.
   *
   * @param capital in USDT; empty: that of the tenant's strategy
   */
  record BindingOrder(
      Place place,
      Binding.Mode mode,
      Optional<BigDecimal> capital,
      int leverage,
      RiskMode riskMode,
      Amount minPointCard) {
    public BindingOrder {
      requireNonNull(place, "place is null");
      requireNonNull(mode, "mode is null");
      capital.ifPresent(Bindings::requireCapital);
      requireLeverage(leverage);
      requireNonNull(riskMode, "riskMode is null");
      if (minPointCard.isNegative()) {
        throw GivenText.refused("min_point_card", minPointCard.toPlainString(), "0 or more");
      }
    }
  }

  /**
   * What is changed; what is empty stays.
   *
   * @param capital in USDT; 0: that of the tenant's strategy
   */
  record BindingChange(
      Optional<BigDecimal> capital, OptionalInt leverage, Optional<RiskMode> riskMode) {
    public BindingChange {
      capital.filter(given -> given.signum() != 0).ifPresent(Bindings::requireCapital);
      leverage.ifPresent(Bindings::requireLeverage);
      requireNonNull(riskMode, "riskMode is null");
    }
  }

  private static void requireCapital(BigDecimal capital) {
    boolean fits =
        capital.precision() <= 40
            && Math.abs((long) capital.scale()) <= 40
            && capital.signum() > 0
            && capital.compareTo(CAPITAL_MAX) <= 0
            && capital.stripTrailingZeros().scale() <= 8;
    if (!fits) {
      throw GivenText.refused(
          "capital",
          capital.toString(),
          "more than 0, at most " + CAPITAL_MAX.toPlainString() + ", at most 8 decimals");
    }
  }

  private static void requireLeverage(int leverage) {
    if (!LEVERAGES.contains(leverage)) {
      throw GivenText.refused("leverage", Integer.toString(leverage), "5, 10, 20, 50, 75 or 100");
    }
  }
}
