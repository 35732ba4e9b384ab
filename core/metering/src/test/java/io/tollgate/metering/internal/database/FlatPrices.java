package io.tollgate.metering.internal.database;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Asset;
import io.tollgate.metering.PriceQuote;
import io.tollgate.metering.QuoteBook;
import java.util.Set;

/** One nano unit of a dollar per token, whatever its kind. */
final class FlatPrices {
  static final String VERSION = "flat";
  static final QuoteBook BOOK = version -> new Flat();

  private FlatPrices() {}

  private record Flat() implements PriceQuote {
    @Override
    public String version() {
      return VERSION;
    }

    @Override
    public Asset currency() {
      return Books.USD;
    }

    @Override
    public long price(TokenUsage usage, long covered) {
      return usage.total() - covered;
    }

    @Override
    public long estimate(TokenUsage usage, long covered) {
      return usage.total() - covered;
    }

    @Override
    public Set<UsageKind> withoutPrice(TokenUsage usage) {
      return Set.of();
    }
  }
}
