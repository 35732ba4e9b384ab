package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.trading.exchange.ExchangeAddresses;
import io.tollgate.trading.exchange.ExchangeTimes;
import io.tollgate.trading.exchange.Exchanges;
import io.tollgate.trading.exchange.WayOut;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Prices and bars that anybody may know, for whoever looks at them; no accounts. */
public final class MarketsModule implements ProgramModule {
  private final Vertx vertx;
  private final Exchanges exchanges;

  private MarketsModule(ModuleSite site, Optional<URI> standIn) {
    this.vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    this.exchanges =
        new Exchanges(
            vertx,
            standIn
                .map(ExchangeAddresses::allAt)
                .orElseGet(() -> ExchangeAddresses.from(site.settings())),
            ExchangeTimes.USUAL,
            new WayOut(Optional.empty(), Optional.empty()),
            InstantSource.system());
  }

  /**
   * The module's entry.
   *
   * @param standIn where all exchanges are when they are simulated; empty: where they are
   */
  public static ModuleEntry<MarketsModule> entry(Function<ModuleSite, Optional<URI>> standIn) {
    requireNonNull(standIn, "standIn is null");
    return ModuleEntry.of(
        MarketsModule.class, site -> new MarketsModule(site, standIn.apply(site)));
  }

  /** The way to them. */
  public Exchanges exchanges() {
    return exchanges;
  }

  @Override
  public void close() {
    exchanges.close();
    boolean _ = vertx.close().toCompletionStage().toCompletableFuture().isDone();
  }
}
