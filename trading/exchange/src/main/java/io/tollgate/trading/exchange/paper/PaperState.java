package io.tollgate.trading.exchange.paper;

import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Symbol;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * All that a paper account is: values, to be kept by whoever has the account. Immutable.
 *
 * @param coins by name
 * @param orders oldest first; those that ended are kept up to a bound
 * @param fills oldest first, up to a bound
 * @param leverages by symbol
 * @param lastNumber of an order or fill
 */
public record PaperState(
    Map<String, BigDecimal> coins,
    List<Held> positions,
    List<Kept> orders,
    List<Fill> fills,
    Map<String, Integer> leverages,
    boolean hedges,
    long lastNumber) {
  /**
   * A position.
   *
   * @param side {@code NONE} in one-way mode
   * @param size in the base coin, negative when it is short
   */
  public record Held(Symbol symbol, PositionSide side, BigDecimal size, BigDecimal entry) {}

  /** An order, as it was asked for and as it is. */
  public record Kept(OrderRequest request, OrderState state) {}

  public PaperState {
    coins = Map.copyOf(coins);
    positions = List.copyOf(positions);
    orders = List.copyOf(orders);
    fills = List.copyOf(fills);
    leverages = Map.copyOf(leverages);
  }

  /** A new account. */
  public static PaperState with(BigDecimal usdt) {
    return new PaperState(
        Map.of("USDT", usdt), List.of(), List.of(), List.of(), Map.of(), false, 0);
  }
}
