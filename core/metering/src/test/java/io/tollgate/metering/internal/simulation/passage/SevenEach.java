package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Asset;
import io.tollgate.metering.PriceQuote;

/** Seven a token. The version's name may be long, to fill segments sooner. */
record SevenEach(String version) implements PriceQuote {
  static final long PRICE = 7;

  @Override
  public Asset currency() {
    return People.USD;
  }

  @Override
  public long price(TokenUsage usage, long covered) {
    return PRICE * (usage.total() - covered);
  }

  @Override
  public long estimate(TokenUsage usage, long covered) {
    return price(usage, covered);
  }
}
