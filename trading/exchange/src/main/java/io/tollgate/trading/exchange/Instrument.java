package io.tollgate.trading.exchange;

import io.tollgate.ground.GivenText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What may be traded, and in which steps. Quantities are in the base coin, also where the exchange
 * counts contracts.
 *
 * @param exchangeSymbol as the exchange writes it, e.g. {@code BTC-USDT-SWAP}
 * @param contractSize base coin of one contract; 1 where quantities are in the base coin
 * @param tick of prices, more than 0
 * @param step of quantities, more than 0
 * @param marketStep of market orders' quantities; at least the step
 * @param minQuantity 0 where there is none
 * @param maxQuantity of limit orders, where there is one
 * @param maxMarketQuantity of market orders, where there is one
 * @param minNotional in the quote coin, 0 where there is none
 * @param active whether it can be traded now
 */
public record Instrument(
    Symbol symbol,
    String exchangeSymbol,
    MarketType market,
    BigDecimal contractSize,
    BigDecimal tick,
    BigDecimal step,
    BigDecimal marketStep,
    BigDecimal minQuantity,
    Optional<BigDecimal> maxQuantity,
    Optional<BigDecimal> maxMarketQuantity,
    BigDecimal minNotional,
    boolean active) {
  public Instrument {
    positive("contract_size", contractSize);
    positive("tick_size", tick);
    positive("step_size", step);
    positive("market_step_size", marketStep);
  }

  private static void positive(String name, BigDecimal value) {
    if (value.signum() <= 0) {
      throw GivenText.refused(name, value.toPlainString(), "more than 0");
    }
  }

  /** The largest quantity in whole steps that is not more than what was wished; 0 when none is. */
  public BigDecimal quantity(BigDecimal wished, OrderType type) {
    BigDecimal whole = multiple(wished, stepOf(type), RoundingMode.FLOOR);
    Optional<BigDecimal> most = type == OrderType.MARKET ? maxMarketQuantity : maxQuantity;
    BigDecimal bounded =
        most.filter(bound -> bound.compareTo(whole) < 0)
            .map(bound -> multiple(bound, stepOf(type), RoundingMode.FLOOR))
            .orElse(whole);
    return bounded.max(BigDecimal.ZERO);
  }

  /** A limit price on the tick, away from the market: buyers' down, sellers' up. */
  public BigDecimal limitPrice(BigDecimal wished, Side side) {
    return multiple(wished, tick, side == Side.BUY ? RoundingMode.FLOOR : RoundingMode.CEILING);
  }

  /**
   * What is wrong with an order before the exchange says so.
   *
   * @param reference the price a market order is valued at
   */
  public Optional<Rejection> refusal(OrderRequest order, BigDecimal reference) {
    if (!active) {
      return Optional.of(Rejection.SYMBOL_NOT_FOUND);
    }
    BigDecimal quantity = order.quantity();
    if (!isMultiple(quantity, stepOf(order.type()))
        || order.price().filter(price -> !isMultiple(price, tick)).isPresent()) {
      return Optional.of(Rejection.BAD_PRECISION);
    }
    BigDecimal value = quantity.multiply(order.price().orElse(reference));
    boolean small = quantity.compareTo(minQuantity) < 0 || value.compareTo(minNotional) < 0;
    if (small && !order.reduceOnly()) {
      return Optional.of(Rejection.MIN_NOTIONAL);
    }
    Optional<BigDecimal> most = order.type() == OrderType.MARKET ? maxMarketQuantity : maxQuantity;
    return most.filter(bound -> quantity.compareTo(bound) > 0).map(_ -> Rejection.REJECTED);
  }

  /**
   * Contracts of a quantity.
   *
   * @throws ArithmeticException when it is none that can be written down
   */
  public BigDecimal contracts(BigDecimal quantity) {
    return quantity.divide(contractSize).stripTrailingZeros();
  }

  /** Quantity of contracts. */
  public BigDecimal ofContracts(BigDecimal contracts) {
    return contracts.multiply(contractSize);
  }

  private BigDecimal stepOf(OrderType type) {
    return type == OrderType.MARKET ? marketStep : step;
  }

  private static BigDecimal multiple(BigDecimal value, BigDecimal unit, RoundingMode rounding) {
    return value.divide(unit, 0, rounding).multiply(unit);
  }

  private static boolean isMultiple(BigDecimal value, BigDecimal unit) {
    return value.remainder(unit).signum() == 0;
  }
}
