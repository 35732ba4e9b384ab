package io.tollgate.trading.engine.backtest;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;

/**
 * On what terms a run trades. Amounts are in the quote coin; percentages are such that 1.5 is 1.5
 * %.
 *
 * @param initialBalance above 0
 * @param commissionRate share of the notional that each fill costs, 0 to below 1
 * @param lookback outputs of bars before this index are dropped
 * @param riskPerTrade what a trade may lose at its stop; 0: not sized so
 * @param amount of a trade; 0: sized by risk
 * @param fillDelayBars bars from a signal to its fill at the open; 0: at the close of its own bar
 * @param slippagePct by which each fill is worse, 0 to below 100
 * @param fundingRate at 00, 08 and 16 UTC; used when {@code funding} is empty
 * @param funding by time, ascending
 * @param leverage from 1 on
 * @param isolated whether a position is liquidated by its own margin
 * @param minRiskReward least ratio of the target's distance to the stop's; 0: any
 * @param trailingStopPct share of the margin by which a stop follows the best price; 0: none
 * @param trailingActivationPct share of the margin that must have been gained before it follows
 * @param maxDrawdownPct no entry after equity fell this far under its peak; 0: no limit
 * @param maxConsecutiveLosses no entry after so many losers in a row; 0: no limit
 * @param stepSize quantities are multiples of it
 */
public record BacktestTerms(
    BigDecimal initialBalance,
    BigDecimal commissionRate,
    int lookback,
    BigDecimal riskPerTrade,
    BigDecimal amount,
    int fillDelayBars,
    BigDecimal slippagePct,
    BigDecimal fundingRate,
    List<FundingRate> funding,
    BigDecimal leverage,
    boolean isolated,
    double minRiskReward,
    double trailingStopPct,
    double trailingActivationPct,
    double maxDrawdownPct,
    int maxConsecutiveLosses,
    BigDecimal stepSize,
    OnOpposite onOpposite) {
  public BacktestTerms {
    require("initialBalance", initialBalance, initialBalance.signum() > 0, "above 0");
    require("commissionRate", commissionRate, share(commissionRate), "0 to below 1");
    require("lookback", lookback, lookback >= 0, "0 or more");
    require("riskPerTrade", riskPerTrade, riskPerTrade.signum() >= 0, "0 or more");
    require("amount", amount, amount.signum() >= 0, "0 or more");
    require("fillDelayBars", fillDelayBars, fillDelayBars >= 0, "0 or more");
    require("slippagePct", slippagePct, share(slippagePct.movePointLeft(2)), "0 to below 100");
    require("fundingRate", fundingRate, share(fundingRate.abs()), "above -1 to below 1");
    require("leverage", leverage, leverage.compareTo(BigDecimal.ONE) >= 0, "1 or more");
    require("minRiskReward", minRiskReward, measure(minRiskReward), "0 or more");
    require("trailingStopPct", trailingStopPct, measure(trailingStopPct), "0 or more");
    require(
        "trailingActivationPct",
        trailingActivationPct,
        measure(trailingActivationPct),
        "0 or more");
    require("maxDrawdownPct", maxDrawdownPct, measure(maxDrawdownPct), "0 or more");
    require("maxConsecutiveLosses", maxConsecutiveLosses, maxConsecutiveLosses >= 0, "0 or more");
    require("stepSize", stepSize, stepSize.signum() > 0, "above 0");
    funding = List.copyOf(funding);
    for (int i = 1; i < funding.size(); i++) {
      long time = funding.get(i).time();
      require("funding time", time, time > funding.get(i - 1).time(), "ascending");
    }
    requireNonNull(onOpposite, "onOpposite is null");
  }

  /** The same with another balance to begin with. */
  public BacktestTerms withInitialBalance(BigDecimal other) {
    return new BacktestTerms(
        other,
        commissionRate,
        lookback,
        riskPerTrade,
        amount,
        fillDelayBars,
        slippagePct,
        fundingRate,
        funding,
        leverage,
        isolated,
        minRiskReward,
        trailingStopPct,
        trailingActivationPct,
        maxDrawdownPct,
        maxConsecutiveLosses,
        stepSize,
        onOpposite);
  }

  private static boolean share(BigDecimal given) {
    return given.signum() >= 0 && given.compareTo(BigDecimal.ONE) < 0;
  }

  private static boolean measure(double given) {
    return given >= 0 && given < Double.POSITIVE_INFINITY;
  }

  private static void require(String name, Object given, boolean right, String expected) {
    if (!right) {
      throw new IllegalArgumentException(name + ": " + given + " (expected: " + expected + ")");
    }
  }
}
