package io.tollgate.trading.exchange.paper;

import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.OrderStatus;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.Ticker;
import io.tollgate.trading.exchange.TimeInForce;
import io.tollgate.trading.exchange.paper.PaperState.Held;
import io.tollgate.trading.exchange.paper.PaperState.Kept;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Books orders on paper: a buyer gets the ask, a seller the bid, for all of the quantity; a limit
 * order that rests fills at its own price once the market touches it. Pure: a state and a price in,
 * a state out. For one thread.
 */
final class PaperBook {
  /** Orders that ended, and fills, that are kept. */
  private static final int KEPT = 2000;

  private static final int USUAL_LEVERAGE = 1;

  private final MarketType market;
  private final PaperTerms terms;
  private final Map<String, BigDecimal> coins;
  private final List<Held> positions;
  private final List<Kept> orders;
  private final List<Fill> fills;
  private final Map<String, Integer> leverages;
  private final boolean hedges;
  private long lastNumber;

  PaperBook(MarketType market, PaperTerms terms, PaperState state) {
    this.market = market;
    this.terms = terms;
    this.coins = new HashMap<>(state.coins());
    this.positions = new ArrayList<>(state.positions());
    this.orders = new ArrayList<>(state.orders());
    this.fills = new ArrayList<>(state.fills());
    this.leverages = new HashMap<>(state.leverages());
    this.hedges = state.hedges();
    this.lastNumber = state.lastNumber();
  }

  PaperState state() {
    while (fills.size() > KEPT) {
      fills.removeFirst();
    }
    for (int i = 0; orders.size() > KEPT && i < orders.size(); ) {
      if (orders.get(i).state().status().ended()) {
        orders.remove(i);
      } else {
        i++;
      }
    }
    return new PaperState(coins, positions, orders, fills, leverages, hedges, lastNumber);
  }

  /** Takes an order that {@link #covers} says can be paid. */
  OrderState place(OrderRequest request, Ticker price, Instant now) {
    OrderState state =
        new OrderState(
            Optional.of(request.id()),
            Long.toString(++lastNumber),
            request.symbol(),
            request.side(),
            OrderStatus.OPEN,
            request.quantity(),
            BigDecimal.ZERO,
            Optional.empty(),
            now);
    orders.add(new Kept(request, state));
    int index = orders.size() - 1;
    if (crosses(request, price)) {
      fill(index, request.side() == Side.BUY ? price.ask() : price.bid(), now);
    } else if (request.lasts() == TimeInForce.IOC || request.lasts() == TimeInForce.FOK) {
      end(index, OrderStatus.EXPIRED, now);
    }
    return orders.get(index).state();
  }

  /** Fills what rests and is touched. */
  void touch(Ticker price, Instant now) {
    for (int i = 0; i < orders.size(); i++) {
      OrderRequest request = orders.get(i).request();
      if (!orders.get(i).state().status().ended()
          && request.symbol().equals(price.symbol())
          && crosses(request, price)) {
        fill(i, request.price().orElse(price.last()), now);
      }
    }
  }

  void cancel(int index, Instant now) {
    end(index, OrderStatus.CANCELLED, now);
  }

  static boolean crosses(OrderRequest request, Ticker price) {
    return request
        .price()
        .map(
            limit ->
                request.side() == Side.BUY
                    ? limit.compareTo(price.ask()) >= 0
                    : limit.compareTo(price.bid()) <= 0)
        .orElse(true);
  }

  /** Whether there is enough for an order. */
  boolean covers(OrderRequest request, Ticker price) {
    BigDecimal each = request.price().orElse(price.ask());
    BigDecimal value = request.quantity().multiply(each);
    return switch (market) {
      case SPOT ->
          request.side() == Side.BUY
              ? available(request.symbol().quote()).compareTo(value) >= 0
              : available(request.symbol().base()).compareTo(request.quantity()) >= 0;
      case FUTURE ->
          reduces(request)
              || available(request.symbol().quote())
                      .compareTo(
                          value.divide(
                              BigDecimal.valueOf(leverage(request.symbol())),
                              MathContext.DECIMAL64))
                  >= 0;
    };
  }

  /** Whether all of an order makes a position smaller. */
  boolean reduces(OrderRequest request) {
    BigDecimal size = held(request.symbol(), request.position()).size();
    boolean against = size.signum() == (request.side() == Side.BUY ? -1 : 1);
    return against && size.abs().compareTo(request.quantity()) >= 0;
  }

  int leverage(Symbol symbol) {
    return leverages.getOrDefault(symbol.toString(), USUAL_LEVERAGE);
  }

  /** What of a coin is not tied up in orders and margins. */
  BigDecimal available(String coin) {
    BigDecimal free = coins.getOrDefault(coin, BigDecimal.ZERO);
    if (market == MarketType.SPOT) {
      for (Kept kept : orders) {
        if (!kept.state().status().ended()) {
          free = free.subtract(tiedUp(kept, coin));
        }
      }
      return free;
    }
    for (Held held : positions) {
      if (held.symbol().quote().equals(coin)) {
        free =
            free.subtract(
                held.size()
                    .abs()
                    .multiply(held.entry())
                    .divide(BigDecimal.valueOf(leverage(held.symbol())), MathContext.DECIMAL64));
      }
    }
    return free;
  }

  private static BigDecimal tiedUp(Kept kept, String coin) {
    OrderRequest request = kept.request();
    if (request.side() == Side.BUY && request.symbol().quote().equals(coin)) {
      return request.quantity().multiply(request.price().orElse(BigDecimal.ZERO));
    }
    return request.side() == Side.SELL && request.symbol().base().equals(coin)
        ? request.quantity()
        : BigDecimal.ZERO;
  }

  private void fill(int index, BigDecimal price, Instant now) {
    Kept kept = orders.get(index);
    OrderRequest request = kept.request();
    BigDecimal quantity = request.quantity();
    BigDecimal value = quantity.multiply(price);
    boolean buys = request.side() == Side.BUY;
    String base = request.symbol().base();
    String quote = request.symbol().quote();
    String feeCoin = market == MarketType.SPOT && buys ? base : quote;
    BigDecimal fee = (feeCoin.equals(base) ? quantity : value).multiply(terms.fee());
    switch (market) {
      case SPOT -> {
        add(base, buys ? quantity : quantity.negate());
        add(quote, buys ? value.negate() : value);
      }
      case FUTURE ->
          add(
              quote,
              trade(
                  request.symbol(),
                  request.position(),
                  buys ? quantity : quantity.negate(),
                  price));
    }
    add(feeCoin, fee.negate());
    OrderState state = kept.state();
    orders.set(
        index,
        new Kept(
            request,
            new OrderState(
                state.id(),
                state.exchangeOrderId(),
                state.symbol(),
                state.side(),
                OrderStatus.FILLED,
                quantity,
                quantity,
                Optional.of(price),
                now)));
    fills.add(
        new Fill(
            Long.toString(++lastNumber),
            state.exchangeOrderId(),
            request.symbol(),
            request.side(),
            quantity,
            price,
            fee,
            feeCoin,
            now));
  }

  private void end(int index, OrderStatus status, Instant now) {
    Kept kept = orders.get(index);
    OrderState state = kept.state();
    orders.set(
        index,
        new Kept(
            kept.request(),
            new OrderState(
                state.id(),
                state.exchangeOrderId(),
                state.symbol(),
                state.side(),
                status,
                state.quantity(),
                state.filled(),
                state.averagePrice(),
                now)));
  }

  private void add(String coin, BigDecimal amount) {
    coins.merge(coin, amount, BigDecimal::add);
  }

  private Held held(Symbol symbol, PositionSide side) {
    return positions.stream()
        .filter(one -> one.symbol().equals(symbol) && one.side() == side)
        .findFirst()
        .orElse(new Held(symbol, side, BigDecimal.ZERO, BigDecimal.ZERO));
  }

  /** Trades a position; what the part that is closed brings. */
  private BigDecimal trade(Symbol symbol, PositionSide side, BigDecimal change, BigDecimal price) {
    Held before = held(symbol, side);
    BigDecimal size = before.size();
    BigDecimal after = size.add(change);
    positions.remove(before);
    boolean grows = size.signum() * change.signum() >= 0;
    boolean turns = !grows && after.signum() != 0 && after.signum() != size.signum();
    if (after.signum() != 0) {
      BigDecimal entry =
          grows
              ? size.abs()
                  .multiply(before.entry())
                  .add(change.abs().multiply(price))
                  .divide(after.abs(), MathContext.DECIMAL64)
              : turns ? price : before.entry();
      positions.add(new Held(symbol, side, after, entry));
    }
    return grows
        ? BigDecimal.ZERO
        : change
            .abs()
            .min(size.abs())
            .multiply(price.subtract(before.entry()))
            .multiply(BigDecimal.valueOf(size.signum()));
  }
}
