package io.tollgate.trading.engine.backtest;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * Funding at a moment.
 *
 * @param time in milliseconds since 1970
 * @param rate share of the open notional that longs pay and shorts get; below 0 the other way round
 */
public record FundingRate(long time, BigDecimal rate) {
  public FundingRate {
    requireNonNull(rate, "rate is null");
  }
}
