package io.tollgate.sandbox.internal.trading.book;

import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Market;
import java.math.BigDecimal;
import java.util.Optional;

/** The rules of a symbol that an order must keep, with each market's own errors. */
final class Filters {
  private static final int MOST_DECIMALS = 8;
  private static final BigDecimal SPOT_UP = BigDecimal.valueOf(5);
  private static final BigDecimal SPOT_DOWN = new BigDecimal("0.2");
  private static final BigDecimal FUTURES_UP = new BigDecimal("1.05");
  private static final BigDecimal FUTURES_DOWN = new BigDecimal("0.95");

  private Filters() {}

  /**
   * Checks an order.
   *
   * @param quantity in the base coin
   * @param reference the market's price, at which a market order counts
   */
  static void check(OrderRequest request, BigDecimal quantity, BigDecimal reference) {
    Instrument instrument = request.instrument();
    boolean spot = instrument.market() == Market.SPOT;
    if (spot) {
      spotQuantity(instrument, quantity, request.type() == OrderType.MARKET);
    } else {
      futuresQuantity(instrument, quantity, !request.type().limited());
    }
    Optional<BigDecimal> price = request.price().filter(given -> request.type().limited());
    request.trigger().ifPresent(given -> price(instrument, given));
    price.ifPresent(given -> price(instrument, given));
    price.ifPresent(given -> percent(instrument, given, reference, request.buys()));
    BigDecimal notional = quantity.multiply(price.orElse(reference));
    if (notional.compareTo(instrument.leastNotional()) < 0
        && !request.reduceOnly()
        && !request.closesHedge()) {
      throw spot
          ? Refusal.filter("NOTIONAL")
          : new Refusal(
              -4164,
              "Order's notional must be no smaller than "
                  + instrument.leastNotional().toPlainString()
                  + " (unless you choose reduce only)");
    }
  }

  /** Checks a price, also one that sets an order off. */
  static void price(Instrument instrument, BigDecimal price) {
    boolean spot = instrument.market() == Market.SPOT;
    if (tooPrecise(price, spot ? MOST_DECIMALS : instrument.priceDecimals())) {
      throw precision("price", spot);
    }
    boolean within =
        price.compareTo(instrument.leastPrice()) >= 0
            && price.compareTo(instrument.mostPrice()) <= 0;
    if (spot && (!within || !multiple(price, instrument.tick()))) {
      throw Refusal.filter("PRICE_FILTER");
    }
    if (!multiple(price, instrument.tick())) {
      throw new Refusal(-4014, "Price not increased by tick size.");
    }
    if (!within) {
      throw price.compareTo(instrument.leastPrice()) < 0
          ? new Refusal(-4013, "Price less than min price.")
          : new Refusal(-4002, "Price greater than max price.");
    }
  }

  private static void spotQuantity(Instrument instrument, BigDecimal quantity, boolean market) {
    if (tooPrecise(quantity, MOST_DECIMALS)) {
      throw precision("quantity", true);
    }
    if (!multiple(quantity, instrument.step())
        || quantity.compareTo(instrument.step()) < 0
        || quantity.compareTo(instrument.most()) > 0) {
      throw Refusal.filter("LOT_SIZE");
    }
    if (market && quantity.compareTo(instrument.mostAtMarket()) > 0) {
      throw Refusal.filter("MARKET_LOT_SIZE");
    }
  }

  static void futuresQuantity(Instrument instrument, BigDecimal quantity, boolean market) {
    if (tooPrecise(quantity, instrument.quantityDecimals())) {
      throw precision("quantity", false);
    }
    if (quantity.signum() <= 0) {
      throw new Refusal(-4003, "Quantity less than or equal to zero.");
    }
    if (quantity.compareTo(instrument.step()) < 0) {
      throw new Refusal(-4004, "Quantity less than min quantity.");
    }
    if (quantity.compareTo(market ? instrument.mostAtMarket() : instrument.most()) > 0) {
      throw new Refusal(-4005, "Quantity greater than max quantity.");
    }
  }

  private static void percent(
      Instrument instrument, BigDecimal price, BigDecimal reference, boolean buys) {
    if (instrument.market() == Market.SPOT) {
      if (price.compareTo(reference.multiply(SPOT_UP)) > 0
          || price.compareTo(reference.multiply(SPOT_DOWN)) < 0) {
        throw Refusal.filter("PERCENT_PRICE_BY_SIDE");
      }
      return;
    }
    BigDecimal most = reference.multiply(FUTURES_UP);
    BigDecimal least = reference.multiply(FUTURES_DOWN);
    if (buys && price.compareTo(most) > 0) {
      throw new Refusal(-4016, "Limit price can't be higher than " + shown(instrument, most) + ".");
    }
    if (!buys && price.compareTo(least) < 0) {
      throw new Refusal(-4024, "Limit price can't be lower than " + shown(instrument, least) + ".");
    }
  }

  private static String shown(Instrument instrument, BigDecimal price) {
    return price
        .setScale(instrument.priceDecimals(), java.math.RoundingMode.HALF_UP)
        .toPlainString();
  }

  private static Refusal precision(String name, boolean spot) {
    return new Refusal(
        -1111,
        spot
            ? "Parameter '" + name + "' has too much precision."
            : "Precision is over the maximum defined for this asset.");
  }

  private static boolean tooPrecise(BigDecimal value, int decimals) {
    return value.stripTrailingZeros().scale() > decimals;
  }

  private static boolean multiple(BigDecimal value, BigDecimal of) {
    return value.remainder(of).signum() == 0;
  }
}
