package io.tollgate.trading.engine.analytics;

import static io.tollgate.trading.engine.analytics.Decimals.MATH;
import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What trades brought, told one after another and forgotten: sums are exact, means have eight
 * decimals, ratios four, half even. A trade that brought nothing counts as lost. A ratio to nothing
 * is 0.
 *
 * @param gains sum of what those above 0 brought
 * @param losses sum of what the others brought, 0 or below
 */
public record TradeTotals(long winners, long losers, BigDecimal gains, BigDecimal losses) {
  public static final TradeTotals NONE = new TradeTotals(0, 0, BigDecimal.ZERO, BigDecimal.ZERO);

  public TradeTotals {
    requireNonNull(gains, "gains is null");
    requireNonNull(losses, "losses is null");
  }

  /** These and one more. */
  public TradeTotals plus(BigDecimal pnl) {
    return pnl.signum() > 0
        ? new TradeTotals(winners + 1, losers, gains.add(pnl), losses)
        : new TradeTotals(winners, losers + 1, gains, losses.add(pnl));
  }

  /** These and others. */
  public TradeTotals plus(TradeTotals others) {
    return new TradeTotals(
        winners + others.winners,
        losers + others.losers,
        gains.add(others.gains),
        losses.add(others.losses));
  }

  public long trades() {
    return winners + losers;
  }

  public BigDecimal pnl() {
    return gains.add(losses);
  }

  /** What they brought, in percent of an amount above 0. */
  public BigDecimal pnlPercentOf(BigDecimal amount) {
    return Decimals.figure(pnl().multiply(Decimals.HUNDRED).divide(amount, MATH));
  }

  /** Winners in percent of all, with two decimals. */
  public BigDecimal winRate() {
    return Decimals.share(winners, trades());
  }

  /**
   * Mean of all. It is what one more may be expected to bring: the share of winners times their
   * mean, and the share of losers times theirs.
   */
  public BigDecimal averagePnl() {
    return Decimals.mean(pnl(), trades());
  }

  public BigDecimal averageWin() {
    return Decimals.mean(gains, winners);
  }

  /** 0 or below. */
  public BigDecimal averageLoss() {
    return Decimals.mean(losses, losers);
  }

  /** Average win over average loss, as amounts. */
  public BigDecimal riskRewardRatio() {
    return Decimals.figure(
        Decimals.quotient(
            gains.multiply(BigDecimal.valueOf(losers)),
            losses.negate().multiply(BigDecimal.valueOf(winners))));
  }

  /** Gains over losses, as amounts; empty where nothing was lost. */
  public Optional<BigDecimal> profitFactor() {
    return losses.signum() == 0
        ? Optional.empty()
        : Optional.of(Decimals.figure(gains.divide(losses.negate(), MATH)));
  }
}
