package io.tollgate.trading.exchange;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A market's price now.
 *
 * @param volume24h in the base coin
 * @param at when the exchange said so, by its clock where it tells
 */
public record Ticker(
    Symbol symbol,
    BigDecimal last,
    BigDecimal bid,
    BigDecimal ask,
    BigDecimal volume24h,
    Instant at) {}
