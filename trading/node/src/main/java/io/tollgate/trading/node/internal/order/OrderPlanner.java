package io.tollgate.trading.node.internal.order;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.Balance;
import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Done;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderType;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Outcome.NoChange;
import io.tollgate.trading.exchange.Position;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Rejection;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Ticker;
import io.tollgate.trading.exchange.TimeInForce;
import io.tollgate.trading.exchange.TradingAccount;
import io.tollgate.trading.node.internal.order.OrderPlan.Impossible;
import io.tollgate.trading.node.internal.order.OrderPlan.Possible;
import io.tollgate.trading.node.internal.task.NodeAccount;
import io.tollgate.trading.node.internal.task.OrderWish;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * Makes wishes into orders: quantities in whole steps, prices on the tick, the position's side as
 * the account has it. Blocking, for virtual threads; safe for use by many.
 */
final class OrderPlanner {
  private static final int DIGITS = 18;

  /** How far, as a share, a price may have gone since an amount was told. */
  private static final BigDecimal NEAR = new BigDecimal("0.03");

  private final Sites sites;
  private final Prices prices;
  private final AccountTerms terms;

  OrderPlanner(Sites sites, Prices prices, AccountTerms terms) {
    this.sites = requireNonNull(sites, "sites is null");
    this.prices = requireNonNull(prices, "prices is null");
    this.terms = requireNonNull(terms, "terms is null");
  }

  /** Sets what has to be set before, and says what is to be sent. */
  OrderPlan plan(OrderWish wish, ClientOrderId id, NodeAccount whose, TradingAccount account) {
    MarketData market = sites.market(whose);
    Outcome<Instrument> found = market.instrument(wish.symbol());
    if (!(found instanceof Accepted<Instrument>(Instrument instrument))) {
      return OrderPlan.without("the instrument", found);
    }
    Optional<BigDecimal> limit =
        wish.price().map(price -> instrument.limitPrice(price, wish.side()));
    Outcome<BigDecimal> reference = reference(limit, whose, market, wish);
    if (!(reference instanceof Accepted<BigDecimal>(BigDecimal price))) {
      return OrderPlan.without("the price", reference);
    }
    Outcome<BigDecimal> wanted = quantity(wish, whose, account, price);
    if (!(wanted instanceof Accepted<BigDecimal>(BigDecimal quantity))) {
      return OrderPlan.without("how much there is to close", wanted);
    }
    if (quantity.signum() == 0) {
      return new Impossible("NO_POSITION", "there is nothing of it to close");
    }
    BigDecimal whole = instrument.quantity(quantity, wish.type());
    if (whole.signum() == 0) {
      return new Impossible(
          Rejection.MIN_NOTIONAL.name(),
          "quantity: "
              + quantity.toPlainString()
              + " (expected: at least one step of "
              + instrument.step().toPlainString()
              + ")");
    }
    Outcome<PositionSide> side = position(wish, whose, account);
    if (!(side instanceof Accepted<PositionSide>(PositionSide position))) {
      return OrderPlan.without("the position mode", side);
    }
    Optional<Impossible> unset = leverage(wish, whose, account);
    if (unset.isPresent()) {
      return unset.get();
    }
    OrderRequest order = order(wish, id, whole, limit, position, whose.market());
    return instrument
        .refusal(order, price)
        .<OrderPlan>map(
            refused ->
                new Impossible(
                    refused.name(), "quantity: " + whole.toPlainString() + " at " + price))
        .orElseGet(() -> new Possible(order));
  }

  private Outcome<BigDecimal> reference(
      Optional<BigDecimal> limit, NodeAccount whose, MarketData market, OrderWish wish) {
    return limit.isPresent()
        ? new Accepted<>(limit.get())
        : prices.of(whose, market, wish.symbol()).map(Ticker::last);
  }

  private static Outcome<BigDecimal> quantity(
      OrderWish wish, NodeAccount whose, TradingAccount account, BigDecimal price) {
    if (wish.quantity().isPresent()) {
      return new Accepted<>(wish.quantity().get());
    }
    Optional<BigDecimal> bought =
        wish.amount().map(amount -> amount.divide(price, DIGITS, RoundingMode.DOWN));
    return bought.isPresent() && !wish.kind().reduces()
        ? new Accepted<>(bought.get())
        : held(wish, whose, account).map(held -> closing(bought, held));
  }

  /**
   * Of an amount that was told at another price: all that is held where it comes near to that, so
   * that nothing is left behind, and never more.
   */
  private static BigDecimal closing(Optional<BigDecimal> wished, BigDecimal held) {
    BigDecimal most = held.multiply(NEAR);
    return wished.filter(quantity -> quantity.compareTo(held.subtract(most)) < 0).orElse(held);
  }

  /** All that there is of what is to be closed. */
  static Outcome<BigDecimal> held(OrderWish wish, NodeAccount whose, TradingAccount account) {
    return switch (whose.market()) {
      case SPOT -> account.balances().map(balances -> available(balances, wish.symbol().base()));
      case FUTURE ->
          account
              .positions()
              .map(
                  positions ->
                      closed(positions, wish).map(Position::quantity).orElse(BigDecimal.ZERO));
    };
  }

  /** The position that a wish makes smaller. */
  static Optional<Position> closed(List<Position> positions, OrderWish wish) {
    return positions.stream()
        .filter(position -> position.symbol().equals(wish.symbol()))
        .filter(position -> position.side() == wish.closes())
        .findFirst();
  }

  private static BigDecimal available(List<Balance> balances, String coin) {
    return balances.stream()
        .filter(balance -> balance.currency().equals(coin))
        .map(Balance::available)
        .findFirst()
        .orElse(BigDecimal.ZERO);
  }

  private Outcome<PositionSide> position(
      OrderWish wish, NodeAccount whose, TradingAccount account) {
    if (whose.market() == MarketType.SPOT) {
      return new Accepted<>(PositionSide.NONE);
    }
    if (wish.position().isPresent()) {
      return new Accepted<>(wish.position().get());
    }
    return terms
        .hedged(whose, account)
        .map(
            apart -> {
              if (!apart) {
                return PositionSide.NONE;
              }
              if (wish.kind().reduces()) {
                return wish.closes();
              }
              return wish.side() == Side.BUY ? PositionSide.LONG : PositionSide.SHORT;
            });
  }

  private Optional<Impossible> leverage(OrderWish wish, NodeAccount whose, TradingAccount account) {
    if (wish.leverage().isEmpty() || wish.kind().reduces() || whose.market() == MarketType.SPOT) {
      return Optional.empty();
    }
    Outcome<Done> set = terms.leverage(whose, account, wish.symbol(), wish.leverage().get());
    return set instanceof Accepted || set instanceof NoChange
        ? Optional.empty()
        : Optional.of(OrderPlan.without("the leverage", set));
  }

  private static OrderRequest order(
      OrderWish wish,
      ClientOrderId id,
      BigDecimal quantity,
      Optional<BigDecimal> limit,
      PositionSide position,
      MarketType market) {
    return new OrderRequest(
        id,
        wish.symbol(),
        wish.side(),
        wish.type(),
        quantity,
        limit,
        wish.type() == OrderType.LIMIT ? TimeInForce.GTC : TimeInForce.IOC,
        position,
        wish.kind().reduces() && market == MarketType.FUTURE);
  }
}
