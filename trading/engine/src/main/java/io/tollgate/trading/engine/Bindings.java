package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
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
  BigDecimal CAPITAL_MAX = GivenTerms.USDT_MAX;

  /**
   * Lets an account follow a strategy; one that was closed is opened again with what is ordered
   * now.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when the strategy is not open to the
   *     tenant or the user has no such account; {@code USER_NOT_FOUND} when the user is gone;
   *     {@code INVALID_REQUEST} when the strategy is for another exchange; {@code CONFLICT} when it
   *     follows already; {@code INSUFFICIENT_MEANS} when the user has fewer points than the order
   *     asks for, or owes some; {@code PLAN_LIMIT} when the tenant's plan has no room for another
   *     strategy
   */
  Binding open(Transaction transaction, BindingOrder order);

  /**
   * Changes on what terms an account follows a strategy; whether it runs stays, unless that is
   * changed.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when it never did; where it is to run
   *     again, as {@link #open}
   */
  Binding change(Transaction transaction, Place place, BindingChange change);

  /** The same of the binding of this number. */
  Binding change(Transaction transaction, long id, BindingChange change);

  /**
   * Lets an account follow a strategy no more; one that does not is left as it is.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when it never did
   */
  Binding close(Transaction transaction, Place place);

  /**
   * Takes a binding away that was closed.
   *
   * @return as it was
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code INVALID_REQUEST} while it runs
   */
  Binding delete(Transaction transaction, long id);

  /** Those of a user, running or not, the oldest first. */
  List<Binding> of(Transaction transaction, TenantId tenant, UserId user);

  /** Bindings, running or not, the newest first. */
  ListPage<Binding> list(Transaction transaction, BindingFilter filter, ListRequest request);

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

  /** Which bindings. */
  record BindingFilter(
      Optional<TenantId> tenant,
      Optional<UserId> user,
      Optional<String> strategyCode,
      Optional<Boolean> running) {
    public BindingFilter {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(strategyCode, "strategyCode is null");
      requireNonNull(running, "running is null");
    }
  }

  /**
   * On what terms an account is to follow a strategy.
   *
   * @param capital in USDT; empty: that of the tenant's strategy
   * @param riskMode empty: that of the tenant's strategy
   * @param maxLossPerTrade in USDT; empty: that of the tenant's strategy
   * @param ratio in percent
   * @param running whether it does so at once
   */
  record BindingOrder(
      Place place,
      Binding.Mode mode,
      Optional<BigDecimal> capital,
      int leverage,
      Optional<RiskMode> riskMode,
      Amount minPointCard,
      Optional<BigDecimal> maxLossPerTrade,
      int ratio,
      boolean running) {
    public BindingOrder {
      requireNonNull(place, "place is null");
      requireNonNull(mode, "mode is null");
      capital.ifPresent(given -> GivenTerms.positiveUsdt("capital", given));
      requireLeverage(leverage);
      requireNonNull(riskMode, "riskMode is null");
      requirePoints(minPointCard);
      maxLossPerTrade.ifPresent(given -> GivenTerms.usdt("max_loss_per_trade", given));
      requireRatio(ratio);
    }

    /** Whole, at once, and without a bound of what may be lost. */
    public BindingOrder(
        Place place,
        Binding.Mode mode,
        Optional<BigDecimal> capital,
        int leverage,
        RiskMode riskMode,
        Amount minPointCard) {
      this(
          place,
          mode,
          capital,
          leverage,
          Optional.of(riskMode),
          minPointCard,
          Optional.of(BigDecimal.ZERO),
          100,
          true);
    }
  }

  /**
   * What is changed; what is empty stays.
   *
   * @param capital in USDT; 0: that of the tenant's strategy
   * @param running whether it is to follow
   */
  record BindingChange(
      Optional<Binding.Mode> mode,
      Optional<BigDecimal> capital,
      OptionalInt leverage,
      Optional<RiskMode> riskMode,
      Optional<Amount> minPointCard,
      Optional<BigDecimal> maxLossPerTrade,
      OptionalInt ratio,
      Optional<Boolean> running) {
    public BindingChange {
      requireNonNull(mode, "mode is null");
      capital.ifPresent(given -> GivenTerms.usdt("capital", given));
      leverage.ifPresent(Bindings::requireLeverage);
      requireNonNull(riskMode, "riskMode is null");
      minPointCard.ifPresent(Bindings::requirePoints);
      maxLossPerTrade.ifPresent(given -> GivenTerms.usdt("max_loss_per_trade", given));
      ratio.ifPresent(Bindings::requireRatio);
      requireNonNull(running, "running is null");
    }

    /** Of amounts only. */
    public BindingChange(
        Optional<BigDecimal> capital, OptionalInt leverage, Optional<RiskMode> riskMode) {
      this(
          Optional.empty(),
          capital,
          leverage,
          riskMode,
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty());
    }
  }

  private static void requireLeverage(int leverage) {
    if (!LEVERAGES.contains(leverage)) {
      throw GivenText.refused("leverage", Integer.toString(leverage), "5, 10, 20, 50, 75 or 100");
    }
  }

  private static void requirePoints(Amount given) {
    if (given.isNegative()) {
      throw GivenText.refused("min_point_card", given.toPlainString(), "0 or more");
    }
  }

  private static void requireRatio(int ratio) {
    GivenTerms.within("ratio", ratio, 1, 100);
  }
}
