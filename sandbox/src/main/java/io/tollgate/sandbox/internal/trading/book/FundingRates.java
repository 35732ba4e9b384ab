package io.tollgate.sandbox.internal.trading.book;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What longs pay shorts at 00, 08 and 16 o'clock UTC: 0.01 % of the notional; other rates are given
 * by hand, for the moment in which they are. Confined to the event loop.
 */
public final class FundingRates {
  public static final long PERIOD_MILLIS = 8 * 3_600_000L;
  public static final BigDecimal RATE = new BigDecimal("0.00010000");
  private static final int DECIMALS = 8;
  private static final int MOST_BY_HAND = 1_000;

  private final List<Charged> byHand = new ArrayList<>();

  /** A rate that was charged. */
  public record Charged(String symbol, BigDecimal rate, long time) {}

  /** Remembers a rate that was given by hand. */
  public void add(Charged charged) {
    byHand.add(charged);
    if (byHand.size() > MOST_BY_HAND) {
      byHand.removeFirst();
    }
  }

  /** Those of a symbol in [from, to], oldest first. */
  public List<Charged> between(String symbol, long from, long to, int limit) {
    List<Charged> found = new ArrayList<>();
    long first = Math.ceilDiv(from, PERIOD_MILLIS) * PERIOD_MILLIS;
    for (long at = first; at <= to && found.size() < limit; at += PERIOD_MILLIS) {
      found.add(new Charged(symbol, RATE, at));
    }
    byHand.stream()
        .filter(one -> one.symbol.equals(symbol) && one.time >= from && one.time <= to)
        .forEach(found::add);
    found.sort(java.util.Comparator.comparingLong(Charged::time));
    return found.subList(0, Math.min(limit, found.size()));
  }

  static boolean due(long at) {
    return at % PERIOD_MILLIS == 0;
  }

  /** Charges the positions of an account in a symbol, all symbols where it is empty. */
  static void charge(
      FuturesBooks books, Venue venue, String symbol, BigDecimal rate, Changes changes) {
    FuturesWallet wallet = changes.account().futures();
    for (Position position : wallet.positions()) {
      if (symbol.isEmpty() || symbol.equals(position.symbol())) {
        BigDecimal mark = venue.mark(position.symbol(), changes.at());
        BigDecimal paid =
            position
                .quantity()
                .multiply(mark)
                .multiply(rate)
                .setScale(DECIMALS, java.math.RoundingMode.HALF_UP);
        books.income(
            Income.Type.FUNDING_FEE,
            position.symbol(),
            paid.negate(),
            OptionalLong.empty(),
            changes);
        if (wallet.terms(position.symbol()).isolated()) {
          position.addMargin(paid.negate());
        }
        changes.position(position);
      }
    }
  }
}
