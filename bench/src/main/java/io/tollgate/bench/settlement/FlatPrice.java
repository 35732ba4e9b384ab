package io.tollgate.bench.settlement;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Asset;
import io.tollgate.metering.PriceQuote;

/** A price of so many nano dollars per token, whatever its kind. */
record FlatPrice(long nanosPerToken) implements PriceQuote {
  private static final String PREFIX = "flat:";

  static PriceQuote read(String version) {
    return new FlatPrice(Long.parseLong(version.substring(PREFIX.length())));
  }

  @Override
  public String version() {
    return PREFIX + nanosPerToken;
  }

  @Override
  public Asset currency() {
    return Asset.money("USD");
  }

  @Override
  public long price(TokenUsage usage, long covered) {
    return nanosPerToken * (usage.total() - covered);
  }

  @Override
  public long estimate(TokenUsage usage, long covered) {
    return price(usage, covered);
  }
}
