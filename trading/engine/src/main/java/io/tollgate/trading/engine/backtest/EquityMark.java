package io.tollgate.trading.engine.backtest;

/**
 * Where equity stood at the close of a bar. Measures, not amounts to be booked.
 *
 * @param time when the bar closed, in milliseconds since 1970
 * @param equity balance and open profit
 * @param balance without open profit
 */
public record EquityMark(long time, double equity, double balance) {}
