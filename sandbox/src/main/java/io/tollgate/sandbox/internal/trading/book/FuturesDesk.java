package io.tollgate.sandbox.internal.trading.book;

import io.tollgate.sandbox.internal.trading.book.Changes.OrderEvent.Kind;
import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Market;
import io.tollgate.sandbox.internal.trading.market.Quotes;
import io.tollgate.sandbox.internal.trading.market.Quotes.Level;
import java.math.BigDecimal;
import java.util.Optional;

/** Trading USDT perpetuals, one-way or hedged. Confined to the event loop. */
public final class FuturesDesk implements Desk {
  private final Venue venue;
  private final FuturesBooks books;

  public FuturesDesk(Venue venue) {
    this.venue = venue;
    this.books = new FuturesBooks(venue);
  }

  FuturesBooks books() {
    return books;
  }

  /** What an account can do at a market time. */
  public MarginSheet sheet(TradingAccount account, long at) {
    return new MarginSheet(account, symbol -> venue.mark(symbol, at));
  }

  /**
   * Changes leverage or margin mode of a symbol.
   *
   * @throws Refusal when positions or orders of the symbol do not allow it
   */
  public void setTerms(String symbol, SymbolTerms terms, Changes changes) {
    FuturesWallet wallet = changes.account().futures();
    SymbolTerms before = wallet.terms(symbol);
    boolean held = !wallet.positions(symbol).isEmpty();
    if (terms.isolated() != before.isolated()) {
      if (held) {
        throw new Refusal(-4048, "Margin type cannot be changed if there exists position.");
      }
      if (changes.account().orders(Market.FUTURES).open().stream()
          .anyMatch(order -> order.symbol().equals(symbol))) {
        throw new Refusal(-4047, "Margin type cannot be changed if there exists open orders.");
      }
    }
    if (held && before.isolated() && terms.leverage() < before.leverage()) {
      throw new Refusal(
          -4161,
          "Leverage reduction is not supported in Isolated Margin Mode with open positions.");
    }
    wallet.setTerms(symbol, terms);
    changes.wallets();
  }

  /**
   * Changes between one-way and hedge mode.
   *
   * @throws Refusal when there are positions or orders, or nothing changes
   */
  public void hedge(boolean hedged, Changes changes) {
    TradingAccount account = changes.account();
    if (account.futures().hedged() == hedged) {
      throw new Refusal(-4059, "No need to change position side.");
    }
    if (!account.orders(Market.FUTURES).isEmpty() || !account.openAlgos().isEmpty()) {
      throw new Refusal(-4067, "Position side cannot be changed if there exists open orders.");
    }
    if (!account.futures().positions().isEmpty()) {
      throw new Refusal(-4068, "Position side cannot be changed if there exists position.");
    }
    account.futures().hedge(hedged);
    changes.wallets();
  }

  @Override
  public Order place(OrderRequest request, PartialFill partial, Changes changes) {
    TradingAccount account = changes.account();
    Instrument instrument = request.instrument();
    Quotes quotes = venue.quotes(instrument, changes.at());
    BigDecimal quantity = request.quantity().orElseThrow(() -> Refusal.missing("quantity"));
    demandSide(account, request);
    Filters.check(request, quantity, quotes.bid());
    BigDecimal bound = bounded(account, request, quantity);
    Orders orders = account.orders(Market.FUTURES);
    if (request.clientId().filter(orders::openWith).isPresent()) {
      throw new Refusal(-4116, "ClientOrderId is duplicated.");
    }
    if (orders.full()) {
      throw new Refusal(-1015, "Too many new orders; current limit is 1000 open orders.");
    }
    Optional<BigDecimal> limit = request.price().filter(given -> request.type().limited());
    Match natural = Match.of(quotes, request.buys(), bound, limit);
    demandTime(request, natural, partial);
    demandMargin(account, request, bound, quotes, changes.at());

    long number = venue.numbering().next();
    Order order =
        new Order(number, request, venue.clientId(request.clientId(), number), bound, changes.at());
    orders.add(order);
    changes.event(order, Kind.NEW, Optional.empty());
    Match match =
        partial.natural()
            ? natural
            : Match.inPart(quotes, request, partial.of(bound, instrument.step()));
    for (Level level : match.takes()) {
      books.fill(order, level.price(), level.quantity(), false, changes);
    }
    settle(order, partial, changes);
    return order;
  }

  private static void settle(Order order, PartialFill partial, Changes changes) {
    if (!order.open()) {
      return;
    }
    switch (partial.then()) {
      case CANCEL -> end(order, OrderStatus.CANCELED, Kind.CANCELED, changes);
      case REST -> order.steer(order.steering().freeze(true));
      case NATURAL -> {
        boolean rests =
            order.request().type().limited() && order.request().timeInForce() != TimeInForce.IOC;
        if (!rests) {
          end(order, OrderStatus.EXPIRED, Kind.EXPIRED, changes);
        }
      }
    }
  }

  /** Refuses a side that does not go with the account's mode. */
  static void demandSide(TradingAccount account, OrderRequest request) {
    boolean hedged = account.futures().hedged();
    if (hedged == (request.positionSide() == PositionSide.BOTH)) {
      throw new Refusal(-4061, "Order's position side does not match user's setting.");
    }
    if (hedged && request.reduceOnly()) {
      throw new Refusal(-1106, "Parameter 'reduceonly' sent when not required.");
    }
  }

  /** An order that only reduces is no larger than what it reduces. */
  private static BigDecimal bounded(
      TradingAccount account, OrderRequest request, BigDecimal quantity) {
    if (!request.reduceOnly() && !request.closesHedge()) {
      return quantity;
    }
    BigDecimal held = reducible(account, request);
    boolean fits = held.signum() > 0 && (request.reduceOnly() || quantity.compareTo(held) <= 0);
    if (!fits) {
      throw new Refusal(-2022, "ReduceOnly Order is rejected.");
    }
    return quantity.min(held);
  }

  /** How much of a position an order goes against. */
  static BigDecimal reducible(TradingAccount account, OrderRequest request) {
    BigDecimal held =
        account
            .futures()
            .find(request.instrument().symbol(), request.positionSide())
            .map(Position::quantity)
            .orElse(BigDecimal.ZERO);
    return held.signum() > 0 == request.buys() ? BigDecimal.ZERO : held.abs();
  }

  private static void demandTime(OrderRequest request, Match match, PartialFill partial) {
    if (request.timeInForce() == TimeInForce.GTX && !match.takes().isEmpty()) {
      throw new Refusal(
          -5022,
          "Due to the order could not be executed as maker, the Post Only order will be rejected."
              + " The order will not be recorded in the order history");
    }
    if (request.timeInForce() == TimeInForce.FOK
        && match.rest().signum() > 0
        && partial.natural()) {
      throw new Refusal(
          -5021,
          "Due to the order could not be filled immediately, the FOK order has been rejected."
              + " The order will not be recorded in the order history");
    }
  }

  private void demandMargin(
      TradingAccount account, OrderRequest request, BigDecimal quantity, Quotes quotes, long at) {
    MarginSheet sheet = sheet(account, at);
    BigDecimal market = request.buys() ? quotes.ask() : quotes.bid();
    BigDecimal price = request.price().filter(given -> request.type().limited()).orElse(market);
    BigDecimal opening =
        sheet.opening(request, quantity).multiply(request.buys() ? price : price.max(market));
    if (opening.signum() == 0) {
      return;
    }
    int leverage = account.futures().terms(request.instrument().symbol()).leverage();
    BigDecimal needed = MarginSheet.initial(opening, leverage).add(Fees.futures(opening, false));
    if (sheet.available().compareTo(needed) < 0) {
      throw new Refusal(-2019, "Margin is insufficient.");
    }
  }

  static void end(Order order, OrderStatus as, Kind kind, Changes changes) {
    order.end(as, changes.at());
    changes.account().orders(Market.FUTURES).changed(order);
    changes.event(order, kind, Optional.empty());
  }

  @Override
  public void cancel(Order order, Changes changes) {
    end(order, OrderStatus.CANCELED, Kind.CANCELED, changes);
  }

  @Override
  public void fillRest(Order order, Changes changes) {
    Quotes quotes = venue.quotes(order.instrument(), changes.at());
    boolean limited = order.request().type().limited();
    BigDecimal price =
        limited ? order.price() : order.request().buys() ? quotes.ask() : quotes.bid();
    fillRest(order, price, limited, changes);
  }

  @Override
  public void touch(Order order, Changes changes) {
    fillRest(order, order.price(), true, changes);
  }

  /** What only reduces fills as far as there is something left to reduce. */
  private void fillRest(Order order, BigDecimal price, boolean maker, Changes changes) {
    BigDecimal quantity = order.remaining();
    if (order.request().reduceOnly() || order.request().closesHedge()) {
      quantity = quantity.min(reducible(changes.account(), order.request()));
    }
    if (quantity.signum() > 0) {
      books.fill(order, price, quantity, maker, changes);
    }
    if (order.open()) {
      end(order, OrderStatus.EXPIRED, Kind.EXPIRED, changes);
    }
  }
}
