package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * A plan as it is to be.
 *
 * @param name 1 to 100 characters
 * @param price of a period, in whole units of the tenant's currency; 0: nothing
 * @param tokens quota of each window, 0 or more
 * @param windowDays 0 to 366; 0: the period is one window
 */
public record PlanOrder(
    String name, BigDecimal price, PlanPeriod period, long tokens, int windowDays) {
  public PlanOrder {
    requireNonNull(name, "name is null");
    requireNonNull(price, "price is null");
    requireNonNull(period, "period is null");
  }
}
