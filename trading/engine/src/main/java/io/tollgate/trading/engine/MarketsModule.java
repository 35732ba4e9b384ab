package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.trading.engine.candles.ExchangeMarkets;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.ExchangeAddresses;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.MarketType;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Prices and bars that anybody may know, for whoever looks at them; no accounts. */
public final class MarketsModule implements ProgramModule {
  private final ExchangeMarkets markets;

  private MarketsModule(ExchangeAddresses addresses) {
    this.markets = new ExchangeMarkets(addresses, InstantSource.system());
  }

  /**
   * The module's entry.
   *
   * @param standIn where all exchanges are when they are simulated; empty: where they are
   */
  public static ModuleEntry<MarketsModule> entry(Function<ModuleSite, Optional<URI>> standIn) {
    requireNonNull(standIn, "standIn is null");
    return ModuleEntry.of(
        MarketsModule.class,
        site ->
            new MarketsModule(
                standIn
                    .apply(site)
                    .map(ExchangeAddresses::allAt)
                    .orElseGet(() -> ExchangeAddresses.from(site.settings()))));
  }

  /** The way there, which is opened with the first question. */
  public ExchangeMarkets markets() {
    return markets;
  }

  /** A market. */
  public MarketData market(Exchange exchange, MarketType type) {
    return markets.of("exchange", exchange, type);
  }

  @Override
  public void close() {
    markets.close();
  }
}
