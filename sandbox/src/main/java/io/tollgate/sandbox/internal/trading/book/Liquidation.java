package io.tollgate.sandbox.internal.trading.book;

import io.tollgate.sandbox.internal.trading.book.Changes.OrderEvent.Kind;
import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Market;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes positions away from accounts that cannot bear them any longer: at the mark, for a fee that
 * is at most what is left of their margin. What is lost beyond the margin, the insurance fund pays.
 * Confined to the event loop.
 */
final class Liquidation {
  private static final String OWN_ID = "autoclose-";

  private final Venue venue;
  private final FuturesDesk desk;

  Liquidation(Venue venue, FuturesDesk desk) {
    this.venue = venue;
    this.desk = desk;
  }

  void check(Changes changes) {
    TradingAccount account = changes.account();
    for (Position position : account.futures().positions()) {
      MarginSheet sheet = desk.sheet(account, changes.at());
      if (!position.flat() && sheet.lost(position)) {
        for (Order order : account.orders(Market.FUTURES).open()) {
          if (!sheet.isolated(position) || order.symbol().equals(position.symbol())) {
            FuturesDesk.end(order, OrderStatus.CANCELED, Kind.CANCELED, changes);
          }
        }
        if (sheet.isolated(position)) {
          close(position, position.margin(), changes);
        } else {
          closeShared(changes);
        }
      }
    }
  }

  /** All positions with a shared margin, which together must not cost more than there is. */
  private void closeShared(Changes changes) {
    TradingAccount account = changes.account();
    for (Position position : account.futures().positions()) {
      MarginSheet sheet = desk.sheet(account, changes.at());
      if (!sheet.isolated(position)) {
        BigDecimal others = sheet.sharedUnrealized().subtract(sheet.unrealized(position));
        BigDecimal means = account.futures().shared().add(others.min(BigDecimal.ZERO));
        close(position, means.max(BigDecimal.ZERO), changes);
      }
    }
    BigDecimal left = account.futures().shared();
    if (left.signum() < 0) {
      insure("", left.negate(), changes);
    }
  }

  private void close(Position position, BigDecimal means, Changes changes) {
    Instrument instrument =
        venue.instruments().find(Market.FUTURES, position.symbol()).orElseThrow();
    BigDecimal mark = venue.mark(position.symbol(), changes.at());
    BigDecimal quantity = position.quantity().abs();
    BigDecimal left = means.add(position.unrealized(mark));
    BigDecimal fee =
        Fees.of(quantity.multiply(mark), Fees.LIQUIDATION).min(left.max(BigDecimal.ZERO));
    Side side = position.quantity().signum() > 0 ? Side.SELL : Side.BUY;
    long number = venue.numbering().next();
    OrderRequest request =
        new OrderRequest(
            instrument,
            side,
            position.side(),
            OrderType.LIQUIDATION,
            TimeInForce.IOC,
            Optional.of(quantity),
            Optional.empty(),
            Optional.empty(),
            Optional.of(OWN_ID + number),
            true,
            Optional.empty(),
            false);
    Order order = new Order(number, request, OWN_ID + number, quantity, changes.at());
    changes.account().orders(Market.FUTURES).add(order);
    changes.event(order, Kind.NEW, Optional.empty());
    boolean isolated = desk.sheet(changes.account(), changes.at()).isolated(position);
    desk.books().fill(order, mark, quantity, false, fee, changes);
    if (isolated && left.signum() < 0) {
      insure(position.symbol(), left.negate(), changes);
    }
  }

  private void insure(String symbol, BigDecimal amount, Changes changes) {
    desk.books().income(Income.Type.INSURANCE_CLEAR, symbol, amount, OptionalLong.empty(), changes);
  }
}
