package io.tollgate.sandbox.internal.venue;

import java.math.BigDecimal;

/**
 * A fill.
 *
 * @param quantity in the base coin
 * @param feeCoin in which the fee is paid
 */
public record VenueTrade(
    long id,
    VenueOrder order,
    BigDecimal quantity,
    BigDecimal price,
    BigDecimal fee,
    String feeCoin,
    long at) {}
