package io.tollgate.rewards;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import io.tollgate.ground.GivenText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a tenant has set of point cards, rewards and withdrawals. Rates are 0 to 1 with at most four
 * decimals.
 *
 * @param profitRate share of a realised profit that is charged
 * @param highWaterMark whether only profit above the account's highest cumulative profit is
 *     charged, counted from the switch on
 * @param transferWholeTenant whether users may give points to every user of the tenant, and not
 *     only within one invitation line
 * @param levels S1 to S7, in this order
 * @param withdrawals what may be withdrawn
 */
public record RewardTerms(
    BigDecimal profitRate,
    boolean highWaterMark,
    boolean transferWholeTenant,
    List<LevelTerms> levels,
    WithdrawalTerms withdrawals) {
  /** Own holding under which everybody is of level S0, and no inviter has a direct reward. */
  public static final Amount LEAST_HOLDING = Points.of(BigDecimal.valueOf(1_000));

  /** What every tenant has until it sets something else. */
  public static final RewardTerms DEFAULT =
      new RewardTerms(
          new BigDecimal("0.3"),
          false,
          false,
          List.of(
              LevelTerms.of(10_000, "0.2"),
              LevelTerms.of(50_000, "0.3"),
              LevelTerms.of(200_000, "0.4"),
              LevelTerms.of(500_000, "0.5"),
              LevelTerms.of(1_000_000, "0.6"),
              LevelTerms.of(3_000_000, "0.7"),
              LevelTerms.of(10_000_000, "0.8")),
          WithdrawalTerms.DEFAULT);

  private static final int RATE_SCALE = 4;

  public RewardTerms {
    profitRate = requireRate("profit_rate", profitRate);
    levels = List.copyOf(levels);
    requireNonNull(withdrawals, "withdrawals is null");
    if (levels.size() != Members.HIGHEST_LEVEL) {
      throw GivenText.refused(
          "levels", levels.size() + " levels", Members.HIGHEST_LEVEL + ", S1 to S7");
    }
    for (int i = 1; i < levels.size(); i++) {
      LevelTerms lower = levels.get(i - 1);
      LevelTerms higher = levels.get(i);
      if (higher.minPerformance().compareTo(lower.minPerformance()) <= 0) {
        throw GivenText.refused(
            "levels[" + i + "].min_performance",
            higher.minPerformance().toPlainString(),
            "more than the level below, " + lower.minPerformance().toPlainString());
      }
      if (higher.rate().compareTo(lower.rate()) < 0) {
        throw GivenText.refused(
            "levels[" + i + "].rate",
            higher.rate().toPlainString(),
            "at least that of the level below, " + lower.rate().toPlainString());
      }
    }
  }

  /**
   * The level of somebody who holds this much and whose team has this performance.
   *
   * @return 0 to 7
   */
  public int level(Amount holding, Amount teamPerformance) {
    if (holding.compareTo(LEAST_HOLDING) < 0) {
      return 0;
    }
    int level = 0;
    while (level < levels.size()
        && teamPerformance.compareTo(levels.get(level).minPerformance()) >= 0) {
      level++;
    }
    return level;
  }

  /** The rate of a level; 0 of S0. */
  public BigDecimal rate(int level) {
    return level == 0 ? BigDecimal.ZERO : levels.get(level - 1).rate();
  }

  /**
   * A rate as it is kept.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it is not 0 to 1 or has more
   *     than four decimals
   */
  static BigDecimal requireRate(String field, BigDecimal rate) {
    boolean fits =
        rate.precision() <= 32
            && Math.abs((long) rate.scale()) <= 32
            && rate.signum() >= 0
            && rate.compareTo(BigDecimal.ONE) <= 0
            && rate.stripTrailingZeros().scale() <= RATE_SCALE;
    if (!fits) {
      throw GivenText.refused(field, rate.toString(), "0 to 1 with at most four decimals");
    }
    BigDecimal plain = rate.stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }

  /**
   * One level.
   *
   * @param minPerformance of the team, from which it is reached
   * @param rate share of the network's budget
   */
  public record LevelTerms(Amount minPerformance, BigDecimal rate) {
    public LevelTerms {
      minPerformance = Points.requirePositive("min_performance", minPerformance);
      rate = requireRate("rate", rate);
    }

    private static LevelTerms of(long minPerformance, String rate) {
      return new LevelTerms(Points.of(BigDecimal.valueOf(minPerformance)), new BigDecimal(rate));
    }
  }

  /**
   * What may be withdrawn.
   *
   * @param minimum of one withdrawal
   * @param feeRate of the amount; the fee is rounded half even to two decimals
   * @param networks that payments go through, e.g. {@code TRC20}; 1 to 20
   * @param addressCoolDown how long an address stands in a user's book before it is paid to; 0: it
   *     need not; at most 30 days
   * @param dailyLimit what a user may withdraw on one day of the tenant's calendar
   * @param secondAdminFrom amount from which two administrators approve
   */
  public record WithdrawalTerms(
      Amount minimum,
      BigDecimal feeRate,
      List<String> networks,
      Duration addressCoolDown,
      Optional<Amount> dailyLimit,
      Optional<Amount> secondAdminFrom) {
    private static final Duration LONGEST_COOL_DOWN = Duration.ofDays(30);
    private static final int NETWORKS_MAX = 20;
    private static final Pattern NETWORK = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    /** What every tenant has until it sets something else. */
    public static final WithdrawalTerms DEFAULT =
        new WithdrawalTerms(
            Points.of(BigDecimal.valueOf(50)),
            new BigDecimal("0.05"),
            List.of("TRC20", "ERC20", "BEP20"),
            Duration.ZERO,
            Optional.empty(),
            Optional.empty());

    public WithdrawalTerms {
      minimum = Points.requirePositive("minimum", minimum);
      feeRate = requireRate("fee_rate", feeRate);
      networks = List.copyOf(networks);
      requireNonNull(addressCoolDown, "addressCoolDown is null");
      dailyLimit.ifPresent(limit -> Points.requirePositive("daily_limit", limit));
      secondAdminFrom.ifPresent(from -> Points.requirePositive("second_admin_from", from));
      if (networks.isEmpty()
          || networks.size() > NETWORKS_MAX
          || new HashSet<>(networks).size() < networks.size()
          || !networks.stream().allMatch(name -> NETWORK.matcher(name).matches())) {
        throw GivenText.refused(
            "networks",
            String.join(",", networks),
            "1 to " + NETWORKS_MAX + " different names, each " + NETWORK);
      }
      if (addressCoolDown.isNegative() || addressCoolDown.compareTo(LONGEST_COOL_DOWN) > 0) {
        throw GivenText.refused(
            "address_cool_down", addressCoolDown.toString(), "0 to " + LONGEST_COOL_DOWN);
      }
    }
  }
}
