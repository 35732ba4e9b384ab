package io.tollgate.metering.internal.doubt;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ledger.Leg;
import io.tollgate.metering.PriceQuote;
import java.util.ArrayList;
import java.util.List;

/**
 * How a usage is paid: tokens from quotas first; what they do not cover costs its share of the full
 * price. Legs are positive, in paying order.
 *
 * @param uncovered money that the means do not cover, smallest units
 */
record PaymentSplit(List<Leg> quota, List<Leg> money, long uncovered) {
  PaymentSplit {
    quota = List.copyOf(quota);
    money = List.copyOf(money);
  }

  /** The exact charge of what was used. */
  static PaymentSplit charge(UserMeans means, PriceQuote quote, TokenUsage usage) {
    List<Leg> quota = means.takeQuota(quote.payableTokens(usage));
    return withMoney(means, quota, quote.price(usage, units(quota)));
  }

  /** The reservation for what may be used: rounded up. */
  static PaymentSplit estimate(UserMeans means, PriceQuote quote, TokenUsage usage) {
    List<Leg> quota = means.takeQuota(quote.payableTokens(usage));
    return withMoney(means, quota, quote.estimate(usage, units(quota)));
  }

  private static PaymentSplit withMoney(UserMeans means, List<Leg> quota, long price) {
    List<Leg> money = means.takeMoney(price);
    return new PaymentSplit(quota, money, price - units(money));
  }

  boolean covered() {
    return uncovered == 0;
  }

  long quotaTokens() {
    return units(quota);
  }

  long paid() {
    return units(money);
  }

  List<Leg> legs() {
    List<Leg> legs = new ArrayList<>(quota);
    legs.addAll(money);
    return legs;
  }

  private static long units(List<Leg> legs) {
    long sum = 0;
    for (Leg leg : legs) {
      sum = Math.addExact(sum, leg.units());
    }
    return sum;
  }
}
