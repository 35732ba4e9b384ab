package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.trading.book.OrderRequest;
import io.tollgate.sandbox.internal.trading.book.OrderType;
import io.tollgate.sandbox.internal.trading.book.PositionSide;
import io.tollgate.sandbox.internal.trading.book.Refusal;
import io.tollgate.sandbox.internal.trading.book.Side;
import io.tollgate.sandbox.internal.trading.book.TimeInForce;
import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Instruments;
import io.tollgate.sandbox.internal.trading.market.Market;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what a caller wants to order. */
final class OrderReading {
  private static final String SPOT_ID = "^[a-zA-Z0-9-_]{1,36}$";
  private static final String FUTURES_ID = "^[\\.A-Z\\:/a-z0-9_-]{1,36}$";
  private static final Pattern SPOT_IDS = Pattern.compile("[a-zA-Z0-9\\-_]{1,36}");
  private static final Pattern FUTURES_IDS = Pattern.compile("[.A-Z:/a-z0-9_-]{1,36}");

  private static final Set<OrderType> SPOT_TYPES =
      Set.of(
          OrderType.LIMIT,
          OrderType.MARKET,
          OrderType.LIMIT_MAKER,
          OrderType.STOP_LOSS,
          OrderType.STOP_LOSS_LIMIT,
          OrderType.SPOT_TAKE_PROFIT,
          OrderType.TAKE_PROFIT_LIMIT);

  private final Instruments instruments;

  OrderReading(Instruments instruments) {
    this.instruments = instruments;
  }

  /** The instrument that the parameter {@code symbol} names. */
  static Instrument instrument(Instruments instruments, Market market, Params params) {
    return instruments
        .find(market, params.demand("symbol"))
        .orElseThrow(() -> new Refusal(-1121, "Invalid symbol."));
  }

  OrderRequest spot(Params params) {
    Instrument instrument = instrument(instruments, Market.SPOT, params);
    Side side = side(params);
    OrderType given = type(params);
    OrderType type = given == OrderType.TAKE_PROFIT ? OrderType.SPOT_TAKE_PROFIT : given;
    if (!SPOT_TYPES.contains(type)) {
      throw new Refusal(-1116, "Invalid orderType.");
    }
    boolean limited = type.limited();
    Optional<BigDecimal> price = price(params, limited);
    Optional<BigDecimal> quantity = params.decimal("quantity");
    Optional<BigDecimal> payment = params.decimal("quoteOrderQty");
    if (quantity.isPresent() == (payment.isPresent() && !limited)) {
      throw quantity.isPresent()
          ? new Refusal(-1106, "Parameter 'quoteOrderQty' sent when not required.")
          : Refusal.missing("quantity");
    }
    if ((limited || type.waitsOnSpot()) && quantity.isEmpty()) {
      throw Refusal.missing("quantity");
    }
    boolean lasts = limited && type != OrderType.LIMIT_MAKER;
    TimeInForce inForce = lasts ? timeInForce(params) : TimeInForce.GTC;
    if (inForce == TimeInForce.GTX) {
      throw new Refusal(-1115, "Invalid timeInForce.");
    }
    return new OrderRequest(
        instrument,
        side,
        PositionSide.BOTH,
        type,
        inForce,
        quantity,
        payment,
        price,
        id(params, "newClientOrderId", SPOT_IDS, SPOT_ID),
        false,
        stopPrice(params, type),
        false);
  }

  private static Optional<BigDecimal> stopPrice(Params params, OrderType type) {
    Optional<BigDecimal> given = params.decimal("stopPrice");
    if (type.waitsOnSpot() && given.isEmpty()) {
      throw Refusal.missing("stopPrice");
    }
    if (!type.waitsOnSpot() && given.isPresent()) {
      throw new Refusal(-1106, "Parameter 'stopPrice' sent when not required.");
    }
    return given;
  }

  OrderRequest futures(Params params) {
    Instrument instrument = instrument(instruments, Market.FUTURES, params);
    Side side = side(params);
    OrderType type = type(params);
    if (type.conditional()) {
      throw new Refusal(
          -4120,
          "Order type not supported for this endpoint. Please use the Algo Order API endpoints"
              + " instead.");
    }
    if (type != OrderType.LIMIT && type != OrderType.MARKET) {
      throw new Refusal(-1116, "Invalid orderType.");
    }
    boolean limited = type.limited();
    Optional<BigDecimal> price = price(params, limited);
    TimeInForce inForce = limited ? timeInForce(params) : TimeInForce.GTC;
    return new OrderRequest(
        instrument,
        side,
        positionSide(params),
        type,
        inForce,
        Optional.of(params.decimal("quantity").orElseThrow(() -> Refusal.missing("quantity"))),
        Optional.empty(),
        price,
        id(params, "newClientOrderId", FUTURES_IDS, FUTURES_ID),
        params.flag("reduceOnly"),
        Optional.empty(),
        false);
  }

  OrderRequest algo(Params params) {
    if (!params.demand("algoType").equals("CONDITIONAL")) {
      throw new Refusal(-1102, "Mandatory parameter 'algoType' was malformed.");
    }
    Instrument instrument = instrument(instruments, Market.FUTURES, params);
    Side side = side(params);
    OrderType type = type(params);
    if (!type.conditional()) {
      throw new Refusal(-1116, "Invalid orderType.");
    }
    boolean closes = params.flag("closePosition");
    if (closes && (params.text("quantity").isPresent() || params.flag("reduceOnly"))) {
      throw new Refusal(-1106, "Parameter 'quantity' sent when not required.");
    }
    if (closes && type.limited()) {
      throw new Refusal(-4136, "Target strategy invalid for orderType, closePosition true.");
    }
    return new OrderRequest(
        instrument,
        side,
        positionSide(params),
        type,
        params
            .word("timeInForce", TimeInForce.class, -1115, "Invalid timeInForce.")
            .orElse(TimeInForce.GTC),
        params.decimal("quantity"),
        Optional.empty(),
        price(params, type.limited()),
        id(params, "clientAlgoId", FUTURES_IDS, FUTURES_ID),
        params.flag("reduceOnly"),
        Optional.of(
            params.decimal("triggerPrice").orElseThrow(() -> Refusal.missing("triggerPrice"))),
        closes);
  }

  private static Side side(Params params) {
    params.demand("side");
    return params.word("side", Side.class, -1117, "Invalid side.").orElseThrow();
  }

  private static OrderType type(Params params) {
    params.demand("type");
    return params
        .word("type", OrderType.class, -1116, "Invalid orderType.")
        .filter(type -> type != OrderType.LIQUIDATION && type != OrderType.SPOT_TAKE_PROFIT)
        .orElseThrow(() -> new Refusal(-1116, "Invalid orderType."));
  }

  private static PositionSide positionSide(Params params) {
    return params
        .word("positionSide", PositionSide.class, -4061, "Invalid positionSide.")
        .orElse(PositionSide.BOTH);
  }

  private static TimeInForce timeInForce(Params params) {
    params.demand("timeInForce");
    return params
        .word("timeInForce", TimeInForce.class, -1115, "Invalid timeInForce.")
        .orElseThrow();
  }

  private static Optional<BigDecimal> price(Params params, boolean limited) {
    if (limited) {
      return Optional.of(params.decimal("price").orElseThrow(() -> Refusal.missing("price")));
    }
    if (params.decimal("price").filter(price -> price.signum() > 0).isPresent()) {
      throw new Refusal(-1106, "Parameter 'price' sent when not required.");
    }
    return Optional.empty();
  }

  private static Optional<String> id(Params params, String name, Pattern legal, String range) {
    Optional<String> id = params.text(name);
    if (id.isPresent() && !legal.matcher(id.get()).matches()) {
      throw new Refusal(
          -1100,
          "Illegal characters found in parameter '" + name + "'; legal range is '" + range + "'.");
    }
    return id;
  }
}
