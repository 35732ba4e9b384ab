package io.tollgate.sandbox.internal.trading.book;

import io.tollgate.sandbox.internal.trading.market.Market;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Function;

/**
 * What a futures account can do with what it has, at the prices of a moment. All values in USDT.
 *
 * @param marks the price of a symbol
 */
public record MarginSheet(TradingAccount account, Function<String, BigDecimal> marks) {
  private static final int DECIMALS = 8;

  private FuturesWallet wallet() {
    return account.futures();
  }

  /** Margin that a notional needs. */
  static BigDecimal initial(BigDecimal notional, int leverage) {
    return notional.divide(BigDecimal.valueOf(leverage), DECIMALS, RoundingMode.UP);
  }

  public BigDecimal unrealized() {
    BigDecimal sum = BigDecimal.ZERO;
    for (Position position : wallet().positions()) {
      sum = sum.add(unrealized(position));
    }
    return sum;
  }

  public BigDecimal unrealized(Position position) {
    return position.unrealized(marks.apply(position.symbol()));
  }

  public boolean isolated(Position position) {
    return wallet().terms(position.symbol()).isolated();
  }

  /** Unrealised profit of positions whose margin is shared. */
  public BigDecimal sharedUnrealized() {
    BigDecimal sum = BigDecimal.ZERO;
    for (Position position : wallet().positions()) {
      sum = isolated(position) ? sum : sum.add(unrealized(position));
    }
    return sum;
  }

  public BigDecimal initial(Position position) {
    return initial(
        position.notional(marks.apply(position.symbol())),
        wallet().terms(position.symbol()).leverage());
  }

  public BigDecimal maintenance(Position position) {
    return position.maintenance(marks.apply(position.symbol()));
  }

  /** Margin of all positions. */
  public BigDecimal positionMargin() {
    BigDecimal sum = BigDecimal.ZERO;
    for (Position position : wallet().positions()) {
      sum = sum.add(initial(position));
    }
    return sum;
  }

  public BigDecimal maintenance() {
    BigDecimal sum = BigDecimal.ZERO;
    for (Position position : wallet().positions()) {
      sum = sum.add(maintenance(position));
    }
    return sum;
  }

  private BigDecimal sharedMaintenance() {
    BigDecimal sum = BigDecimal.ZERO;
    for (Position position : wallet().positions()) {
      sum = isolated(position) ? sum : sum.add(maintenance(position));
    }
    return sum;
  }

  /** Margin that open orders would need. */
  public BigDecimal orderMargin() {
    BigDecimal sum = BigDecimal.ZERO;
    for (Order order : account.orders(Market.FUTURES).open()) {
      BigDecimal opening = opening(order.request(), order.remaining());
      sum =
          sum.add(
              initial(opening.multiply(order.price()), wallet().terms(order.symbol()).leverage()));
    }
    return sum;
  }

  /** How much of an order would add to a position rather than take it back. */
  BigDecimal opening(OrderRequest request, BigDecimal quantity) {
    if (request.reduceOnly() || request.closesHedge()) {
      return BigDecimal.ZERO;
    }
    BigDecimal held =
        wallet()
            .find(request.instrument().symbol(), request.positionSide())
            .map(Position::quantity)
            .orElse(BigDecimal.ZERO);
    boolean against = held.signum() != 0 && held.signum() > 0 != request.buys();
    return against ? quantity.subtract(held.abs()).max(BigDecimal.ZERO) : quantity;
  }

  /** What can still be used for new orders, >= 0. */
  public BigDecimal available() {
    BigDecimal used = orderMargin();
    for (Position position : wallet().positions()) {
      used = isolated(position) ? used : used.add(initial(position));
    }
    return wallet().shared().add(sharedUnrealized()).subtract(used).max(BigDecimal.ZERO);
  }

  /** Whether what is put aside for a position, or what is shared, does not bear it any longer. */
  boolean lost(Position position) {
    return isolated(position)
        ? position.margin().add(unrealized(position)).compareTo(maintenance(position)) <= 0
        : wallet().shared().add(sharedUnrealized()).compareTo(sharedMaintenance()) <= 0;
  }

  /** The mark at which it is liquidated while the other prices stay; zero where there is none. */
  public BigDecimal liquidationPrice(Position position) {
    BigDecimal means = position.margin();
    if (!isolated(position)) {
      means =
          wallet()
              .shared()
              .add(sharedUnrealized().subtract(unrealized(position)))
              .subtract(sharedMaintenance().subtract(maintenance(position)));
    }
    boolean isLong = position.quantity().signum() > 0;
    BigDecimal above = isLong ? position.cost().subtract(means) : position.cost().add(means);
    BigDecimal factor =
        isLong
            ? BigDecimal.ONE.subtract(Position.MAINTENANCE)
            : BigDecimal.ONE.add(Position.MAINTENANCE);
    return above
        .divide(position.quantity().abs().multiply(factor), DECIMALS, RoundingMode.HALF_EVEN)
        .max(BigDecimal.ZERO);
  }
}
