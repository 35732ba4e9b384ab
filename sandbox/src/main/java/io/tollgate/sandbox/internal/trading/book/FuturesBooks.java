package io.tollgate.sandbox.internal.trading.book;

import io.tollgate.sandbox.internal.trading.book.Changes.OrderEvent.Kind;
import io.tollgate.sandbox.internal.trading.market.Market;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/** What a fill does to positions and balance. Confined to the event loop. */
final class FuturesBooks {
  private final Venue venue;

  FuturesBooks(Venue venue) {
    this.venue = venue;
  }

  /** Books a fill with the fee that trading costs. */
  void fill(Order order, BigDecimal price, BigDecimal quantity, boolean maker, Changes changes) {
    fill(order, price, quantity, maker, Fees.futures(price.multiply(quantity), maker), changes);
  }

  /** Books a fill: gives a position back first, then takes on what is left. */
  void fill(
      Order order,
      BigDecimal price,
      BigDecimal quantity,
      boolean maker,
      BigDecimal fee,
      Changes changes) {
    FuturesWallet wallet = changes.account().futures();
    Position position = wallet.position(order.symbol(), order.request().positionSide());
    boolean buys = order.request().buys();
    boolean against = !position.flat() && position.quantity().signum() > 0 != buys;
    BigDecimal reduced = against ? quantity.min(position.quantity().abs()) : BigDecimal.ZERO;
    BigDecimal added = quantity.subtract(reduced);
    BigDecimal profit = against ? position.reduce(reduced, price, changes.at()) : BigDecimal.ZERO;
    if (added.signum() > 0) {
      SymbolTerms terms = wallet.terms(order.symbol());
      BigDecimal margin =
          terms.isolated()
              ? MarginSheet.initial(added.multiply(price), terms.leverage())
              : BigDecimal.ZERO;
      position.increase(buys ? added : added.negate(), price, margin, changes.at());
    }
    order.fill(price, quantity, changes.at());
    Trade trade =
        new Trade(
            venue.numbering().next(),
            order.id(),
            order.symbol(),
            order.side(),
            order.request().positionSide(),
            price,
            quantity,
            fee,
            order.instrument().quote(),
            profit,
            maker,
            changes.at());
    changes.account().remember(Market.FUTURES, trade);
    changes.account().orders(Market.FUTURES).changed(order);
    changes.position(position);
    changes.event(order, Kind.TRADE, Optional.of(trade));
    OptionalLong by = OptionalLong.of(trade.id());
    income(Income.Type.REALIZED_PNL, order.symbol(), profit, by, changes);
    income(Income.Type.COMMISSION, order.symbol(), fee.negate(), by, changes);
  }

  /** Changes the balance, and says why; nothing is no income. */
  void income(
      Income.Type type, String symbol, BigDecimal amount, OptionalLong trade, Changes changes) {
    if (amount.signum() == 0) {
      return;
    }
    changes.account().futures().add(amount);
    Income one = new Income(venue.numbering().next(), type, symbol, amount, trade, changes.at());
    changes.account().remember(one);
    changes.income(one);
  }
}
