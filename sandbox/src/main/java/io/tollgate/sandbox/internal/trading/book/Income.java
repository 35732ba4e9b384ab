package io.tollgate.sandbox.internal.trading.book;

import java.math.BigDecimal;
import java.util.OptionalLong;

/**
 * A change of a futures balance.
 *
 * @param symbol empty where it is about none
 * @param amount in USDT, signed
 */
public record Income(
    long id, Type type, String symbol, BigDecimal amount, OptionalLong tradeId, long time) {
  /** Why, by the exchange's names. */
  public enum Type {
    TRANSFER,
    REALIZED_PNL,
    COMMISSION,
    FUNDING_FEE,
    INSURANCE_CLEAR
  }
}
