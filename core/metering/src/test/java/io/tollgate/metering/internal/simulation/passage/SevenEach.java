package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Asset;
import io.tollgate.metering.PriceQuote;
import java.util.Set;

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

  @Override
  public Set<UsageKind> withoutPrice(TokenUsage usage) {
    return Set.of();
  }
}
