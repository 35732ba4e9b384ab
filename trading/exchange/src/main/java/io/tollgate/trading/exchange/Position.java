package io.tollgate.trading.exchange;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * An open position in a contract.
 *
 * @param side {@code LONG} or {@code SHORT}, in one-way mode too
 * @param quantity in the base coin, more than 0
 * @param leverage where the exchange tells it
 * @param liquidationPrice where there is one
 */
public record Position(
    Symbol symbol,
    PositionSide side,
    BigDecimal quantity,
    BigDecimal entryPrice,
    BigDecimal markPrice,
    BigDecimal unrealized,
    Optional<Integer> leverage,
    Optional<BigDecimal> liquidationPrice) {}
