package io.tollgate.trading.engine.analytics;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What an account was worth at the end of a day.
 *
 * @param date in UTC
 * @param equity balance with what open positions would bring; below 0 where it owes
 * @param flow deposited less withdrawn since the point before
 */
public record EquityPoint(LocalDate date, BigDecimal equity, BigDecimal flow) {
  public EquityPoint {
    requireNonNull(date, "date is null");
    requireNonNull(equity, "equity is null");
    requireNonNull(flow, "flow is null");
  }
}
