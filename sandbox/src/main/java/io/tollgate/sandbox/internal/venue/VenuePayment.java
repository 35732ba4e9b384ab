package io.tollgate.sandbox.internal.venue;

import java.math.BigDecimal;

/**
 * What was paid for holding a contract.
 *
 * @param amount negative when the account paid it
 */
public record VenuePayment(long id, Listed listed, BigDecimal amount, long at) {}
