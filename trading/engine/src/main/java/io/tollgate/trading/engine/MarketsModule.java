package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.ExchangeAddresses;
import io.tollgate.trading.exchange.ExchangeTimes;
import io.tollgate.trading.exchange.Exchanges;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.WayOut;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Prices and bars that anybody may know, for whoever looks at them; no accounts. */
public final class MarketsModule implements ProgramModule {
  private final ExchangeAddresses addresses;
  private final Lock opening = new ReentrantLock();
  private @Nullable Way way;

  private MarketsModule(ExchangeAddresses addresses) {
    this.addresses = requireNonNull(addresses, "addresses is null");
  }

  /** What is open to go there. */
  private record Way(Vertx vertx, Exchanges exchanges) {}

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

  /** A market; the way there is opened when the first is asked for. */
  public MarketData market(Exchange exchange, MarketType type) {
    opening.lock();
    try {
      Way open = way;
      if (open == null) {
        open = open();
        way = open;
      }
      return open.exchanges().market(exchange, type);
    } finally {
      opening.unlock();
    }
  }

  private Way open() {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    return new Way(
        vertx,
        new Exchanges(
            vertx,
            addresses,
            ExchangeTimes.USUAL,
            new WayOut(Optional.empty(), Optional.empty()),
            InstantSource.system()));
  }

  @Override
  public void close() {
    Way open = way;
    if (open != null) {
      open.exchanges().close();
      boolean _ = open.vertx().close().toCompletionStage().toCompletableFuture().isDone();
    }
  }
}
