package io.tollgate.trading.exchange.internal.binance;

import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.UnreadableAnswer;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads Binance's filters. */
final class BinanceRules {
  private static final Pattern COIN = Pattern.compile("[A-Z0-9]{1,20}");

  private static final String USDT = "USDT";

  private BinanceRules() {}

  /** Whether a name is that of a coin against USDT as they are traded here. */
  static boolean isPair(String name) {
    return name.endsWith(USDT)
        && COIN.matcher(name.substring(0, name.length() - USDT.length())).matches();
  }

  /** Whether it is one of those that are traded here: against USDT, and no contract that ends. */
  static boolean isListed(Fields row, MarketType market) {
    boolean perpetual =
        market == MarketType.SPOT
            || (row.text("contractType").equals("PERPETUAL")
                && row.text("marginAsset").equals("USDT"));
    return perpetual
        && row.text("quoteAsset").equals("USDT")
        && COIN.matcher(row.text("baseAsset")).matches();
  }

  static Instrument instrument(Fields row, MarketType market) {
    Map<String, Fields> filters = new HashMap<>();
    row.in("filters").items().forEach(filter -> filters.put(filter.text("filterType"), filter));
    Fields price = filters.get("PRICE_FILTER");
    Fields lot = filters.get("LOT_SIZE");
    if (price == null || lot == null) {
      throw new UnreadableAnswer(row.text("symbol") + " without price or lot filter");
    }
    BigDecimal step = lot.number("stepSize");
    Optional<Fields> marketLot = Optional.ofNullable(filters.get("MARKET_LOT_SIZE"));
    return new Instrument(
        new Symbol(row.text("baseAsset"), row.text("quoteAsset")),
        row.text("symbol"),
        market,
        BigDecimal.ONE,
        price.number("tickSize"),
        step,
        // spot says 0 where the lot's step holds
        marketLot.map(filter -> filter.number("stepSize")).orElse(step).max(step),
        lot.number("minQty"),
        Optional.of(lot.number("maxQty")),
        marketLot.map(filter -> filter.number("maxQty")).filter(most -> most.signum() > 0),
        minNotional(filters),
        row.text("status").equals("TRADING"));
  }

  private static BigDecimal minNotional(Map<String, Fields> filters) {
    return Optional.ofNullable(filters.get("NOTIONAL"))
        .or(() -> Optional.ofNullable(filters.get("MIN_NOTIONAL")))
        .flatMap(filter -> filter.findNumber("minNotional").or(() -> filter.findNumber("notional")))
        .orElse(BigDecimal.ZERO);
  }
}
