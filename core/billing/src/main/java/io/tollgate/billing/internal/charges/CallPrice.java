package io.tollgate.billing.internal.charges;

import io.tollgate.billing.ServiceCall;
import io.tollgate.billing.ServiceDeduct;
import io.tollgate.billing.ServiceTerms;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/** What calls cost of which some are free. Exact; rounded once, half even. */
final class CallPrice {
  private CallPrice() {}

  /**
   * What the calls that are not free cost: a cost's share for them, else their price.
   *
   * @return empty when the service has no price and no cost was given
   * @throws Refusal {@code INVALID_REQUEST} when it is too much to be counted, or the cost has more
   *     decimals than the currency
   */
  static Optional<Amount> of(ServiceCall call, ServiceTerms terms, Asset currency, long paid) {
    Optional<BigDecimal> cost =
        call instanceof ServiceDeduct deduct ? deduct.cost() : Optional.empty();
    if (cost.isPresent()) {
      return Optional.of(share(read(currency, cost.get()), paid, call.count()));
    }
    return terms.price().map(price -> times(price, paid));
  }

  /** {@code cost × paid / count}. */
  static Amount share(Amount cost, long paid, long count) {
    if (paid == count) {
      return cost;
    }
    BigInteger product = BigInteger.valueOf(cost.units()).multiply(BigInteger.valueOf(paid));
    BigDecimal units =
        new BigDecimal(product).divide(BigDecimal.valueOf(count), 0, RoundingMode.HALF_EVEN);
    return new Amount(cost.asset(), units.longValueExact());
  }

  private static Amount read(Asset currency, BigDecimal cost) {
    try {
      return Amount.of(currency, cost);
    } catch (Refusal e) {
      throw new Refusal(e.code(), "cost: " + e.sentence(), e);
    }
  }

  private static Amount times(Amount price, long count) {
    try {
      return new Amount(price.asset(), Math.multiplyExact(price.units(), count));
    } catch (ArithmeticException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "count: "
              + count
              + " at "
              + price
              + " each (expected: at most "
              + new Amount(price.asset(), Long.MAX_VALUE).toPlainString()
              + " in all)",
          e);
    }
  }
}
