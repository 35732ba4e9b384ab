package io.tollgate.sandbox.internal.trading.book;

import io.tollgate.sandbox.internal.trading.market.Market;
import io.tollgate.sandbox.internal.trading.market.Quotes;
import java.math.BigDecimal;
import java.util.function.Consumer;

/**
 * What the passing of market time does to an account: funding, stops, resting orders, liquidation,
 * at every turn of the prices and in the order of time. Confined to the event loop.
 */
public final class Settlement {
  private static final long MOST_AT_ONCE = 86_400_000L;

  private final Venue venue;
  private final SpotDesk spot;
  private final FuturesDesk futures;
  private final AlgoDesk algos;
  private final Liquidation liquidation;
  private final Consumer<Changes> booked;

  /**
   * Settles for desks.
   *
   * @param booked told of each step in which something happened
   */
  public Settlement(
      Venue venue, SpotDesk spot, FuturesDesk futures, AlgoDesk algos, Consumer<Changes> booked) {
    this.venue = venue;
    this.spot = spot;
    this.futures = futures;
    this.algos = algos;
    this.liquidation = new Liquidation(venue, futures);
    this.booked = booked;
  }

  /**
   * Books what the market did until a time. Where the time was set back, only the price then counts
   * again; funding of a time that was charged is not charged twice.
   */
  public void settle(TradingAccount account, long to) {
    if (!account.exposed()) {
      account.settled(to);
      return;
    }
    if (account.settledTo() >= to) {
      account.settled(to);
      step(account, to);
      return;
    }
    while (account.settledTo() < to) {
      long until = Math.min(to, account.settledTo() + MOST_AT_ONCE);
      for (long turn : venue.prices().turns(account.settledTo(), until)) {
        account.settled(turn);
        step(account, turn);
      }
    }
  }

  private void step(TradingAccount account, long at) {
    if (!account.exposed()) {
      return;
    }
    Changes changes = new Changes(account, at);
    if (FundingRates.due(at) && at > account.fundedTo()) {
      account.funded(at);
      FundingRates.charge(futures.books(), venue, "", FundingRates.RATE, changes);
    }
    if (!account.openAlgos().isEmpty()) {
      algos.trigger(changes);
    }
    for (Market market : Market.values()) {
      for (Order order : account.orders(market).open()) {
        touch(order, market == Market.SPOT ? spot : futures, changes);
      }
    }
    liquidation.check(changes);
    if (!changes.isEmpty()) {
      booked.accept(changes);
    }
  }

  private void touch(Order order, Desk desk, Changes changes) {
    if (!order.open() || order.steering().frozen()) {
      return;
    }
    Quotes quotes = venue.quotes(order.instrument(), changes.at());
    if (order.waits()) {
      if (order.request().setOffAt(quotes.bid())) {
        spot.setOff(order, changes);
      }
    } else if (order.request().type().limited() && order.touched(quotes)) {
      desk.touch(order, changes);
    }
  }

  /** Charges funding of a symbol now, at a rate given by hand. */
  public void fund(TradingAccount account, String symbol, BigDecimal rate, long at) {
    Changes changes = new Changes(account, at);
    FundingRates.charge(futures.books(), venue, symbol, rate, changes);
    liquidation.check(changes);
    if (!changes.isEmpty()) {
      booked.accept(changes);
    }
  }
}
