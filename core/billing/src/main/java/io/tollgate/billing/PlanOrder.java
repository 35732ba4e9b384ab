package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.identity.AccessTerms;
import java.math.BigDecimal;

/**
 * A plan as it is to be.
 *
 * @param name 1 to 100 characters
 * @param price of a period, in whole units of the tenant's currency; 0: nothing
 * @param tokens quota of each window, 0 or more
 * @param windowDays 0 to 366; 0: the period is one window
 * @param access what its subscribers may ask for: models, and limits of all their keys together
 */
public record PlanOrder(
    String name,
    BigDecimal price,
    PlanPeriod period,
    long tokens,
    int windowDays,
    AccessTerms access) {
  public PlanOrder {
    requireNonNull(name, "name is null");
    requireNonNull(price, "price is null");
    requireNonNull(period, "period is null");
    requireNonNull(access, "access is null");
  }
}
