package io.tollgate.metering.internal.database.books;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Asset;
import io.tollgate.metering.PriceQuote;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.ServedUsage;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The currencies of price versions, looked up once each. Safe for use by many threads. */
public final class CurrencyLookup implements Function<String, Asset> {
  private static final int MAX_PRICES = 10_000;

  private final QuoteBook quotes;
  private final Map<String, Asset> known = new ConcurrentHashMap<>();

  public CurrencyLookup(QuoteBook quotes) {
    this.quotes = requireNonNull(quotes, "quotes is null");
  }

  /** The price itself; for what is rarely asked. */
  PriceQuote quote(String priceVersion) {
    return quotes.byVersion(priceVersion);
  }

  /** What the upstream charges us, if that is known. */
  OptionalLong upstreamCost(ServedUsage served) {
    return quotes.upstreamCost(served);
  }

  @Override
  public Asset apply(String priceVersion) {
    Asset found = known.get(priceVersion);
    if (found == null) {
      found = quotes.byVersion(priceVersion).currency();
      if (known.size() >= MAX_PRICES) {
        known.clear();
      }
      known.put(priceVersion, found);
    }
    return found;
  }
}
