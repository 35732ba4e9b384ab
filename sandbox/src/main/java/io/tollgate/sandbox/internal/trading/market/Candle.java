package io.tollgate.sandbox.internal.trading.market;

import java.math.BigDecimal;

/**
 * What happened to a price between two times.
 *
 * @param end when it ends; it is not part of it
 * @param volume in the base coin
 * @param turnover in the quote coin: the volume at the mean of open, high, low and close
 * @param trades how many made it
 */
public record Candle(
    long start,
    long end,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal volume,
    BigDecimal turnover,
    long trades) {}
