package io.tollgate.metering;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Asset;
import java.util.Set;

/** A price of so many nano units per token, whatever its kind. */
public record FlatQuote(long nanosPerToken) implements PriceQuote {
  @Override
  public String version() {
    return "flat:" + nanosPerToken;
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

  @Override
  public Set<UsageKind> withoutPrice(TokenUsage usage) {
    return Set.of();
  }

  static PriceQuote read(String version) {
    return new FlatQuote(Long.parseLong(version.substring("flat:".length())));
  }
}
