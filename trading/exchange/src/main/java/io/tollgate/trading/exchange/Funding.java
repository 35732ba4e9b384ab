package io.tollgate.trading.exchange;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What holders of a contract pay one another.
 *
 * @param rate of the next time, as a share of the notional (0.0001 = 0.01 %); longs pay when it is
 *     positive
 * @param nextAt when it is paid next
 */
public record Funding(Symbol symbol, BigDecimal rate, Instant nextAt) {}
