package io.tollgate.relay.gateway;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.ModelPrices;
import io.tollgate.identity.ApiKeys;
import io.tollgate.identity.ConcurrencyLimits;
import io.tollgate.identity.RequestLimits;
import io.tollgate.identity.TokenLimits;
import io.tollgate.metering.PassageLoops;
import io.tollgate.relay.accounts.AccountRouting;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.rules.RuledParts;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the gateway needs of other modules; all of it safe for use by many threads.
 *
 * @param clients makes the client of one event loop, on that loop: see {@link
 *     io.tollgate.web.UpstreamConfig#clients}
 * @param spoolFolder where large forms wait in private files
 * @param kept for what lives longer than a request; without it nothing does
 */
public record RelayParts(
    RelayConfig config,
    ApiKeys apiKeys,
    RequestLimits requestLimits,
    TokenLimits tokenLimits,
    ConcurrencyLimits concurrencyLimits,
    ModelPrices prices,
    PassageLoops passages,
    AccountRouting routing,
    TokenCounter tokenCounter,
    Function<Vertx, HttpClient> clients,
    MeterRegistry meters,
    InstantSource clock,
    Path spoolFolder,
    RuledParts ruled,
    Optional<KeptParts> kept) {
  /** For a gateway where nobody has rules for requests. */
  public RelayParts(
      RelayConfig config,
      ApiKeys apiKeys,
      RequestLimits requestLimits,
      TokenLimits tokenLimits,
      ConcurrencyLimits concurrencyLimits,
      ModelPrices prices,
      PassageLoops passages,
      AccountRouting routing,
      TokenCounter tokenCounter,
      Function<Vertx, HttpClient> clients,
      MeterRegistry meters,
      InstantSource clock,
      Path spoolFolder) {
    this(
        config,
        apiKeys,
        requestLimits,
        tokenLimits,
        concurrencyLimits,
        prices,
        passages,
        routing,
        tokenCounter,
        clients,
        meters,
        clock,
        spoolFolder,
        RuledParts.NONE);
  }

  /** For a gateway in which nothing lives longer than a request. */
  public RelayParts(
      RelayConfig config,
      ApiKeys apiKeys,
      RequestLimits requestLimits,
      TokenLimits tokenLimits,
      ConcurrencyLimits concurrencyLimits,
      ModelPrices prices,
      PassageLoops passages,
      AccountRouting routing,
      TokenCounter tokenCounter,
      Function<Vertx, HttpClient> clients,
      MeterRegistry meters,
      InstantSource clock,
      Path spoolFolder,
      RuledParts ruled) {
    this(
        config,
        apiKeys,
        requestLimits,
        tokenLimits,
        concurrencyLimits,
        prices,
        passages,
        routing,
        tokenCounter,
        clients,
        meters,
        clock,
        spoolFolder,
        ruled,
        Optional.empty());
  }

  public RelayParts {
    requireNonNull(config, "config is null");
    requireNonNull(apiKeys, "apiKeys is null");
    requireNonNull(requestLimits, "requestLimits is null");
    requireNonNull(tokenLimits, "tokenLimits is null");
    requireNonNull(concurrencyLimits, "concurrencyLimits is null");
    requireNonNull(prices, "prices is null");
    requireNonNull(passages, "passages is null");
    requireNonNull(routing, "routing is null");
    requireNonNull(tokenCounter, "tokenCounter is null");
    requireNonNull(clients, "clients is null");
    requireNonNull(meters, "meters is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(spoolFolder, "spoolFolder is null");
    requireNonNull(ruled, "ruled is null");
    requireNonNull(kept, "kept is null");
  }
}
