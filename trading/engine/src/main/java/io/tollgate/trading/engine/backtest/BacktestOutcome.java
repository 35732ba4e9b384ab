package io.tollgate.trading.engine.backtest;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * What a run came to.
 *
 * @param bars that were read
 * @param gaps places where one bar or more is missing
 * @param finalBalance initial balance and the pnl of all trades, exactly
 * @param fees paid in all
 * @param funding paid in all; below 0: got
 * @param peakEquity highest equity at a close, the initial balance included
 * @param maxDrawdown how far equity was under its peak where the percentage is largest
 * @param maxDrawdownPct largest fall from a peak at closes, in percent of the peak
 */
public record BacktestOutcome(
    long bars,
    long gaps,
    BigDecimal initialBalance,
    BigDecimal finalBalance,
    BigDecimal fees,
    BigDecimal funding,
    double peakEquity,
    double maxDrawdown,
    double maxDrawdownPct) {
  public BacktestOutcome {
    requireNonNull(initialBalance, "initialBalance is null");
    requireNonNull(finalBalance, "finalBalance is null");
    requireNonNull(fees, "fees is null");
    requireNonNull(funding, "funding is null");
  }
}
