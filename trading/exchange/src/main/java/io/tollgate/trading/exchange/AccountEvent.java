package io.tollgate.trading.exchange;

import java.math.BigDecimal;
import java.util.Optional;

/** What an exchange tells of an account by itself. */
public sealed interface AccountEvent {
  /**
   * An order is new, was filled in part or whole, or ended.
   *
   * @param fill what was filled now, where the exchange tells it under the id that its list of
   *     trades has (Binance); empty elsewhere (OKX, Gate): more filled than before is to be asked
   *     for by {@link Orders#fills}
   */
  record OrderChanged(OrderState order, Optional<Fill> fill) implements AccountEvent {}

  /**
   * An account has so much of a coin now.
   *
   * @param total without what open positions have won or lost
   */
  record BalanceChanged(String currency, BigDecimal total) implements AccountEvent {}

  /**
   * A position in a contract is now so large.
   *
   * @param side {@code NONE} in one-way mode when it is closed
   * @param quantity in the base coin; 0 when it is closed
   * @param entryPrice 0 when it is closed
   */
  record PositionChanged(
      Symbol symbol, PositionSide side, BigDecimal quantity, BigDecimal entryPrice)
      implements AccountEvent {}

  /**
   * Whatever happened until now may not have been told: orders, fills, balances and positions are
   * to be asked for. Comes first, and after each interruption.
   */
  record Gap(String why) implements AccountEvent {}
}
