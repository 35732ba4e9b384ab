package io.tollgate.trading.engine.internal.orders;

import io.tollgate.trading.engine.execution.PricedFill;
import io.tollgate.trading.engine.execution.Sent;
import io.tollgate.trading.engine.execution.TradedOrder;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.Orders;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.Ticker;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads trades of an order, with the prices that fees in other coins are turned into USDT by. */
final class FillReading {
  /** Clocks differ: trades are asked for from a little before the order was sent. */
  private static final Duration BEFORE = Duration.ofSeconds(5);

  private static final int MOST_PAGES = 100;

  private final MarketData market;

  FillReading(MarketData market) {
    this.market = market;
  }

  /** Those that the exchange shows now, oldest first, up to the first that cannot be priced. */
  List<PricedFill> of(TradedOrder order, Sent sent, Orders orders) {
    Symbol symbol = order.terms().position().symbol();
    if (!(market.instrument(symbol) instanceof Accepted<Instrument>(Instrument rules))) {
      return List.of();
    }
    String id = order.life().exchangeOrderId().orElseThrow();
    List<PricedFill> found = new ArrayList<>();
    Optional<String> after = Optional.empty();
    for (int page = 0; page < MOST_PAGES; page++) {
      if (!(orders.fills(symbol, after, sent.first().minus(BEFORE))
              instanceof Accepted<List<Fill>>(List<Fill> fills))
          || fills.isEmpty()) {
        return found;
      }
      for (Fill fill : fills) {
        if (fill.exchangeOrderId().equals(id)) {
          Optional<PricedFill> priced = priced(fill, rules.step());
          if (priced.isEmpty()) {
            return found;
          }
          found.add(priced.get());
        }
      }
      after = Optional.of(fills.getLast().tradeId());
    }
    return found;
  }

  private Optional<PricedFill> priced(Fill fill, BigDecimal step) {
    if (PricedFill.needsNoPrice(fill)) {
      return Optional.of(PricedFill.of(fill, step));
    }
    Symbol coin = new Symbol(fill.feeCurrency(), fill.symbol().quote());
    return market.ticker(coin) instanceof Accepted<Ticker>(Ticker price)
        ? Optional.of(new PricedFill(fill, fill.fee().multiply(price.last()), step))
        : Optional.empty();
  }
}
