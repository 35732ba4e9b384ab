package io.tollgate.trading.engine.internal.orders;

import io.tollgate.ground.GivenText;
import io.tollgate.trading.engine.ManualTrading.ManualOrder;
import io.tollgate.trading.engine.internal.orders.SignalEvents.Why;
import io.tollgate.trading.engine.sizing.OrderQuantity;
import io.tollgate.trading.engine.sizing.SkippedTrade;
import io.tollgate.trading.engine.sizing.TradeAmount;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.OrderType;
import java.math.BigDecimal;
import java.util.Optional;

/** How much a person's order is for, on one account. */
sealed interface ManualSize {
  /** More of any coin than anybody holds. */
  BigDecimal ALL = new BigDecimal("1e15");

  /** So much of the base coin, at about this price. */
  record Of(BigDecimal quantity, BigDecimal price) implements ManualSize {}

  /** Nothing can be ordered. */
  record Not(Why why) implements ManualSize {}

  /**
   * Works it out.
   *
   * @param market empty: price or rules are not to be had
   */
  static ManualSize of(
      ManualOrder order, Optional<Target> target, Optional<MarketRules.Found> market) {
    if (market.isEmpty()) {
      return new Not(new Why("RISK_ERROR", "price or rules of " + order.symbol() + " are missing"));
    }
    BigDecimal price = market.get().price();
    Instrument rules = market.get().rules();
    if (order.quantity().isPresent()) {
      BigDecimal quantity = rules.quantity(order.quantity().get(), OrderType.MARKET);
      return quantity.signum() > 0
          ? new Of(quantity, price)
          : new Not(
              new Why(
                  "MIN_NOTIONAL",
                  "amount: "
                      + order.quantity().get().toPlainString()
                      + " (expected: at least "
                      + rules.marketStep().toPlainString()
                      + ")"));
    }
    if (order.amountUsdt().isPresent()) {
      return of(new TradeAmount.Notional(order.amountUsdt().get()), price, rules);
    }
    if (!order.intent().enters()) {
      // more than is held is all of it
      return new Of(rules.maxMarketQuantity().orElse(ALL), price);
    }
    return target
        .map(
            follower ->
                switch (TradeAmount.of(follower.sizing(), price, order.levels().stop())) {
                  case SkippedTrade skipped -> not(skipped);
                  case TradeAmount.Notional notional -> of(notional, price, rules);
                })
        .orElseThrow(
            () -> GivenText.refused("amount", "", "an amount, or an amount_usdt, of one account"));
  }

  private static ManualSize of(TradeAmount.Notional notional, BigDecimal price, Instrument rules) {
    return switch (OrderQuantity.of(notional, price, rules, OrderType.MARKET)) {
      case SkippedTrade skipped -> not(skipped);
      case OrderQuantity.Base(BigDecimal quantity) -> new Of(quantity, price);
    };
  }

  private static ManualSize not(SkippedTrade skipped) {
    return new Not(new Why(skipped.reason().name(), skipped.sentence()));
  }
}
