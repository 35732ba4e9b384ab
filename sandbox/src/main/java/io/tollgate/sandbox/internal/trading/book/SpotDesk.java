package io.tollgate.sandbox.internal.trading.book;

import io.tollgate.sandbox.internal.trading.book.Changes.OrderEvent.Kind;
import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Market;
import io.tollgate.sandbox.internal.trading.market.Quotes;
import io.tollgate.sandbox.internal.trading.market.Quotes.Level;
import java.math.BigDecimal;
import java.util.Optional;

/** Trading coins. What a resting limit order may cost is locked. Confined to the event loop. */
public final class SpotDesk implements Desk {
  private final Venue venue;

  public SpotDesk(Venue venue) {
    this.venue = venue;
  }

  @Override
  public Order place(OrderRequest request, PartialFill partial, Changes changes) {
    TradingAccount account = changes.account();
    Instrument instrument = request.instrument();
    Quotes quotes = venue.quotes(instrument, changes.at());
    BigDecimal quantity =
        request
            .quantity()
            .orElseGet(
                () ->
                    Match.quantityFor(
                        quotes, request.buys(), request.payment().orElse(BigDecimal.ZERO)));
    Filters.check(request, quantity, quotes.bid());
    Orders orders = account.orders(Market.SPOT);
    if (request.clientId().filter(orders::openWith).isPresent()) {
      throw new Refusal(-2010, "Duplicate order sent.");
    }
    if (orders.full()) {
      throw Refusal.filter("MAX_NUM_ORDERS");
    }
    Optional<BigDecimal> limit = request.price().filter(given -> request.type().limited());
    Match natural = Match.of(quotes, request.buys(), quantity, limit);
    if (request.type() == OrderType.LIMIT_MAKER && !natural.takes().isEmpty()) {
      throw new Refusal(-2010, "Order would immediately match and take.");
    }
    demandFunds(account, request, quantity, natural);
    if (request.type().waitsOnSpot() && request.setOffAt(quotes.bid())) {
      throw new Refusal(-2010, "Order would trigger immediately.");
    }

    long number = venue.numbering().next();
    Order order =
        new Order(
            number, request, venue.clientId(request.clientId(), number), quantity, changes.at());
    orders.add(order);
    changes.event(order, Kind.NEW, Optional.empty());
    if (order.waits()) {
      lock(order, quantity, changes);
      return order;
    }
    boolean killed =
        partial.natural()
            && request.timeInForce() == TimeInForce.FOK
            && natural.rest().signum() > 0;
    if (killed) {
      end(order, OrderStatus.EXPIRED, Kind.EXPIRED, changes);
      return order;
    }
    Match match =
        partial.natural()
            ? natural
            : Match.inPart(quotes, request, partial.of(quantity, instrument.step()));
    for (Level level : match.takes()) {
      fill(order, level.price(), level.quantity(), false, false, changes);
    }
    settle(order, partial, changes);
    return order;
  }

  /** Lets one that waited trade, once its price is reached. */
  void setOff(Order order, Changes changes) {
    OrderRequest request = order.request();
    Quotes quotes = venue.quotes(order.instrument(), changes.at());
    lock(order, order.remaining().negate(), changes);
    order.setOff(true);
    Optional<BigDecimal> limit = request.price().filter(given -> request.type().limited());
    Match match = Match.of(quotes, request.buys(), order.remaining(), limit);
    String coin = request.buys() ? order.instrument().quote() : order.instrument().base();
    BigDecimal needed = request.buys() ? match.value() : order.remaining();
    boolean covered = changes.account().spot().of(coin).free().compareTo(needed) >= 0;
    boolean killed = request.timeInForce() == TimeInForce.FOK && match.rest().signum() > 0;
    if (!covered || killed) {
      end(order, OrderStatus.EXPIRED, Kind.EXPIRED, changes);
      return;
    }
    for (Level level : match.takes()) {
      fill(order, level.price(), level.quantity(), false, false, changes);
    }
    settle(order, PartialFill.NONE, changes);
  }

  private void settle(Order order, PartialFill partial, Changes changes) {
    if (!order.open()) {
      return;
    }
    switch (partial.then()) {
      case CANCEL -> end(order, OrderStatus.CANCELED, Kind.CANCELED, changes);
      case REST -> {
        order.steer(order.steering().freeze(true));
        lock(order, order.remaining(), changes);
      }
      case NATURAL -> {
        boolean rests =
            order.request().type().limited()
                && order.request().timeInForce() != TimeInForce.IOC
                && order.request().timeInForce() != TimeInForce.FOK;
        if (rests) {
          lock(order, order.remaining(), changes);
        } else {
          end(order, OrderStatus.EXPIRED, Kind.EXPIRED, changes);
        }
      }
    }
  }

  private static void demandFunds(
      TradingAccount account, OrderRequest request, BigDecimal quantity, Match match) {
    Instrument instrument = request.instrument();
    BigDecimal needed = quantity;
    if (request.buys()) {
      needed =
          request
              .price()
              .filter(given -> request.type().limited())
              .map(quantity::multiply)
              .orElseGet(match::value);
    }
    String coin = request.buys() ? instrument.quote() : instrument.base();
    if (account.spot().of(coin).free().compareTo(needed) < 0) {
      throw new Refusal(-2010, "Account has insufficient balance for requested action.");
    }
  }

  /** A market order that a fault lets rest has nothing locked, as nobody knows what it costs. */
  private static void lock(Order order, BigDecimal quantity, Changes changes) {
    if (order.request().type().limited()) {
      Instrument instrument = order.instrument();
      boolean buys = order.request().buys();
      changes
          .account()
          .spot()
          .lock(
              buys ? instrument.quote() : instrument.base(),
              buys ? quantity.multiply(order.price()) : quantity);
      changes.wallets();
    }
  }

  private void fill(
      Order order,
      BigDecimal price,
      BigDecimal quantity,
      boolean maker,
      boolean locked,
      Changes changes) {
    Instrument instrument = order.instrument();
    SpotWallet wallet = changes.account().spot();
    boolean buys = order.request().buys();
    BigDecimal value = price.multiply(quantity);
    String given = buys ? instrument.quote() : instrument.base();
    BigDecimal amount = buys ? value : quantity;
    if (locked) {
      wallet.takeLocked(given, amount);
    } else {
      wallet.add(given, amount.negate());
    }
    String gained = buys ? instrument.base() : instrument.quote();
    BigDecimal got = buys ? quantity : value;
    BigDecimal fee = Fees.of(got, Fees.SPOT);
    wallet.add(gained, got.subtract(fee));
    order.fill(price, quantity, changes.at());
    Trade trade =
        new Trade(
            venue.numbering().next(),
            order.id(),
            order.symbol(),
            order.side(),
            PositionSide.BOTH,
            price,
            quantity,
            fee,
            gained,
            BigDecimal.ZERO,
            maker,
            changes.at());
    changes.account().remember(Market.SPOT, trade);
    changes.account().orders(Market.SPOT).changed(order);
    changes.event(order, Kind.TRADE, Optional.of(trade));
  }

  private static void end(Order order, OrderStatus as, Kind kind, Changes changes) {
    order.end(as, changes.at());
    changes.account().orders(Market.SPOT).changed(order);
    changes.event(order, kind, Optional.empty());
  }

  @Override
  public void cancel(Order order, Changes changes) {
    lock(order, order.remaining().negate(), changes);
    end(order, OrderStatus.CANCELED, Kind.CANCELED, changes);
  }

  @Override
  public void fillRest(Order order, Changes changes) {
    boolean limited = order.request().type().limited();
    Quotes quotes = venue.quotes(order.instrument(), changes.at());
    BigDecimal price =
        limited ? order.price() : order.request().buys() ? quotes.ask() : quotes.bid();
    BigDecimal needed =
        order.request().buys() ? price.multiply(order.remaining()) : order.remaining();
    String coin = order.request().buys() ? order.instrument().quote() : order.instrument().base();
    if (!limited && changes.account().spot().of(coin).free().compareTo(needed) < 0) {
      end(order, OrderStatus.EXPIRED, Kind.EXPIRED, changes);
      return;
    }
    fill(order, price, order.remaining(), limited, limited, changes);
  }

  @Override
  public void touch(Order order, Changes changes) {
    fill(order, order.price(), order.remaining(), true, true, changes);
  }
}
