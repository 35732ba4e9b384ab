package io.tollgate.trading.engine.backtest;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.strategies.SignalSide;
import java.math.BigDecimal;
import java.util.OptionalDouble;

/**
 * A position, or a part of one, from entry to exit. All amounts are exact, in the quote coin.
 *
 * @param id counted from 1, in the order of exits
 * @param side BUY of a long position
 * @param entryPrice paid; the mean, to 12 places, where it was added to
 * @param entryTime of the first entry, in milliseconds since 1970
 * @param quantity in the base coin
 * @param fees of entry and exit
 * @param funding paid; below 0: got
 * @param pnl profit after fees and funding
 * @param margin share of the entry notional that was put up
 */
public record BacktestTrade(
    long id,
    SignalSide side,
    BigDecimal entryPrice,
    long entryTime,
    BigDecimal exitPrice,
    long exitTime,
    BigDecimal quantity,
    OptionalDouble stopLoss,
    OptionalDouble takeProfit,
    ExitReason exitReason,
    BigDecimal fees,
    BigDecimal funding,
    BigDecimal pnl,
    BigDecimal margin) {
  public BacktestTrade {
    requireNonNull(side, "side is null");
    requireNonNull(entryPrice, "entryPrice is null");
    requireNonNull(exitPrice, "exitPrice is null");
    requireNonNull(quantity, "quantity is null");
    requireNonNull(stopLoss, "stopLoss is null");
    requireNonNull(takeProfit, "takeProfit is null");
    requireNonNull(exitReason, "exitReason is null");
    requireNonNull(fees, "fees is null");
    requireNonNull(funding, "funding is null");
    requireNonNull(pnl, "pnl is null");
    requireNonNull(margin, "margin is null");
  }
}
