package io.tollgate.trading.exchange;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A trade that filled an order, or a part of it.
 *
 * @param tradeId of the exchange, unique in the account and market
 * @param quantity in the base coin
 * @param fee paid, in the coin of {@code feeCurrency}; negative when the exchange pays it
 * @param at by the exchange's clock
 */
public record Fill(
    String tradeId,
    String exchangeOrderId,
    Symbol symbol,
    Side side,
    BigDecimal quantity,
    BigDecimal price,
    BigDecimal fee,
    String feeCurrency,
    Instant at) {}
