package io.tollgate.trading.exchange.internal.gate;

import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderType;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.TimeInForce;
import io.tollgate.trading.exchange.internal.calls.AcceptedOrder;
import io.tollgate.trading.exchange.internal.wire.JsonBody;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * Writes Gate's orders. A spot market order to buy would be counted in the quote coin there, so
 * that the quantity is left to the market: a limit order that does not stay, at a price above the
 * market, buys the quantity that was asked for.
 */
final class GateOrderBodies {
  private static final BigDecimal ABOVE = new BigDecimal("1.01");

  private final GateCalls calls;
  private final GateMarketData market;

  GateOrderBodies(GateCalls calls, GateMarketData market) {
    this.calls = calls;
    this.market = market;
  }

  Outcome<String> of(OrderRequest order, Instrument instrument) {
    if (!calls.isSpot()) {
      return AcceptedOrder.contracts(order, instrument)
          .map(contracts -> contract(order, instrument, contracts));
    }
    if (order.type() == OrderType.MARKET && order.side() == Side.BUY) {
      return market
          .ticker(order.symbol())
          .map(
              ticker ->
                  spot(order, instrument)
                      .with("type", "limit")
                      .with("time_in_force", "ioc")
                      .with("price", instrument.limitPrice(ticker.ask().multiply(ABOVE), Side.BUY))
                      .toString());
    }
    JsonBody body =
        spot(order, instrument).with("type", order.type().name().toLowerCase(Locale.ROOT));
    order
        .price()
        .ifPresentOrElse(
            price -> body.with("price", price).with("time_in_force", lasts(order.lasts())),
            () -> body.with("time_in_force", "ioc"));
    return new Accepted<>(body.toString());
  }

  private static JsonBody spot(OrderRequest order, Instrument instrument) {
    return new JsonBody()
        .with("text", GateReading.text(order.id()))
        .with("currency_pair", instrument.exchangeSymbol())
        .with("account", "spot")
        .with("side", order.side().name().toLowerCase(Locale.ROOT))
        .with("amount", order.quantity());
  }

  private static String contract(OrderRequest order, Instrument instrument, BigDecimal contracts) {
    JsonBody body =
        new JsonBody()
            .with("contract", instrument.exchangeSymbol())
            .with("text", GateReading.text(order.id()))
            .withNumber("size", order.side() == Side.BUY ? contracts : contracts.negate());
    order
        .price()
        .ifPresentOrElse(
            price -> body.with("price", price).with("tif", lasts(order.lasts())),
            () -> body.with("price", "0").with("tif", "ioc"));
    if (reduces(order)) {
      body.with("reduce_only", true);
    }
    return body.toString();
  }

  /** In dual mode, what is against the position's side makes it smaller, and must say so. */
  private static boolean reduces(OrderRequest order) {
    return order.reduceOnly()
        || (order.position() == PositionSide.LONG && order.side() == Side.SELL)
        || (order.position() == PositionSide.SHORT && order.side() == Side.BUY);
  }

  private static String lasts(TimeInForce lasts) {
    return switch (lasts) {
      case GTC -> "gtc";
      case IOC -> "ioc";
      case FOK -> "fok";
      case POST_ONLY -> "poc";
    };
  }
}
