package io.tollgate.sandbox.internal.trading.book;

import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Instruments;
import io.tollgate.sandbox.internal.trading.market.Market;
import io.tollgate.sandbox.internal.trading.market.Prices;
import io.tollgate.sandbox.internal.trading.market.Quotes;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What both markets share.
 *
 * @param numbering numbers of orders and trades
 */
public record Venue(Instruments instruments, Prices prices, Numbering numbering) {
  private static final int OWN_ID_CHARS = 22;

  /** The price of a futures symbol, which is also its mark. */
  public BigDecimal mark(String symbol, long at) {
    return instruments
        .find(Market.FUTURES, symbol)
        .map(instrument -> prices.at(instrument, at))
        .orElse(BigDecimal.ZERO);
  }

  public Quotes quotes(Instrument instrument, long at) {
    return prices.quotes(instrument, at);
  }

  /** The client's id of an order, or one that is made where it gave none. */
  String clientId(Optional<String> given, long number) {
    return given.orElseGet(
        () -> {
          String text =
              Long.toString(number * 0x9E3779B97F4A7C15L & Long.MAX_VALUE, 36) + "sandbox";
          return text.substring(0, Math.min(text.length(), OWN_ID_CHARS));
        });
  }
}
