package io.tollgate.bench.settlement;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Asset;
import io.tollgate.metering.PriceQuote;
import java.math.BigDecimal;
import java.util.Set;

/**
 * A price of so many nano dollars per token, whatever its kind; its version is one that an audit
 * computes charges from.
 */
final class FlatPrice implements PriceQuote {
  private static final String BEFORE = "v2:USD:1:standard:input=";
  private static final String BETWEEN = ",output=";
  private static final String AFTER = ":-:bench:flat";

  /** Nano dollars for a token are thousandths of a dollar for a million. */
  private static final int SCALE = 3;

  private final long nanosPerToken;
  private final String version;

  FlatPrice(long nanosPerToken) {
    this.nanosPerToken = nanosPerToken;
    String usd = BigDecimal.valueOf(nanosPerToken, SCALE).stripTrailingZeros().toPlainString();
    version = BEFORE + usd + BETWEEN + usd + AFTER;
  }

  static PriceQuote read(String version) {
    String usd = version.substring(BEFORE.length(), version.indexOf(BETWEEN));
    return new FlatPrice(new BigDecimal(usd).movePointRight(SCALE).longValueExact());
  }

  @Override
  public String version() {
    return version;
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
}
