package io.tollgate.trading.exchange;

import java.math.BigDecimal;

/**
 * What an account pays for a trade.
 *
 * @param maker as a share of the value (0.001 = 0.1 %); negative where it is paid to the account
 * @param taker the same
 */
public record TradingFees(BigDecimal maker, BigDecimal taker) {}
