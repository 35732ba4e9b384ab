package io.tollgate.trading.engine.sizing;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.sizing.SkippedTrade.Reason;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/** For how much a trade is: its notional, leverage included. */
public sealed interface TradeAmount permits TradeAmount.Notional, SkippedTrade {
  /** Nearer than this to the entry (a share of its price), a stop counts as that far away. */
  BigDecimal LEAST_DISTANCE = new BigDecimal("0.001");

  /** An amount that follows from what may be lost is so many times the capital at most. */
  BigDecimal MOST_CAPITALS = BigDecimal.valueOf(3);

  /** A stop may be away by so much of what a position puts up. */
  BigDecimal MOST_OF_MARGIN = new BigDecimal("0.8");

  /** An amount of USDT. */
  record Notional(BigDecimal usdt) implements TradeAmount {
    public Notional {
      requireNonNull(usdt, "usdt is null");
    }
  }

  /**
   * By capital: capital × the mode's share × leverage, two decimals, half even, and of that the
   * ratio. By what may be lost: that loss over the stop's distance as a share of the entry, cut off
   * after eight decimals.
   *
   * @param entry price, more than 0
   * @param stop at which the trade is given up
   */
  static TradeAmount of(SizingTerms terms, BigDecimal entry, Optional<BigDecimal> stop) {
    if (entry.signum() <= 0) {
      throw new IllegalArgumentException("entry: " + entry + " (expected: more than 0)");
    }
    if (terms.maxLoss().isEmpty()) {
      BigDecimal whole = terms.riskMode().amountUsdt(terms.capital(), terms.leverage());
      return new Notional(whole.multiply(BigDecimal.valueOf(terms.ratio(), 2)));
    }
    return stop.map(at -> byLoss(terms, terms.maxLoss().get(), entry, at))
        .orElseGet(
            () ->
                new SkippedTrade(
                    Reason.NO_STOP, "stop_loss is missing (expected: one, as losses are bounded)"));
  }

  private static TradeAmount byLoss(
      SizingTerms terms, BigDecimal maxLoss, BigDecimal entry, BigDecimal stop) {
    BigDecimal away = entry.subtract(stop).abs();
    BigDecimal leverage = BigDecimal.valueOf(terms.leverage());
    if (away.multiply(leverage).compareTo(MOST_OF_MARGIN.multiply(entry)) > 0) {
      return new SkippedTrade(
          Reason.STOP_TOO_FAR,
          "stop_loss: "
              + stop.toPlainString()
              + " (expected: within "
              + MOST_OF_MARGIN.divide(leverage, MathContext.DECIMAL32).toPlainString()
              + " of the entry at "
              + entry.toPlainString()
              + ")");
    }
    BigDecimal distance = away.max(entry.multiply(LEAST_DISTANCE));
    BigDecimal amount = maxLoss.multiply(entry).divide(distance, 8, RoundingMode.DOWN);
    return new Notional(amount.min(terms.capital().multiply(MOST_CAPITALS)));
  }
}
