package io.tollgate.trading.exchange;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What happened to a price in one bar.
 *
 * @param openedAt the bar's beginning
 * @param volume in the base coin
 * @param closed whether it is over; the last one of a list may not be
 */
public record Candle(
    Instant openedAt,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal volume,
    boolean closed) {}
