package io.tollgate.trading.exchange;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.internal.binance.BinanceVenue;
import io.tollgate.trading.exchange.internal.calls.Signer;
import io.tollgate.trading.exchange.internal.calls.Venue;
import io.tollgate.trading.exchange.internal.gate.GateVenue;
import io.tollgate.trading.exchange.internal.okx.OkxVenue;
import io.tollgate.trading.exchange.internal.rates.RateBudgets;
import io.tollgate.trading.exchange.internal.wire.VertxWire;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.SocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way to all exchanges of one process: connections, budgets of addresses and keys, clocks and
 * instruments are shared by what is opened here. Safe for use by many.
 */
public final class Exchanges implements AutoCloseable {
  private static final int CONNECTIONS = 64;
  private static final int WAITING = 4096;

  /**
   * Less than exchanges keep one: a connection that is closed under a request leaves it unknown.
   */
  private static final int KEEP_ALIVE_SECONDS = 10;

  private static final int CONNECT_MS = 10_000;

  /** Exchanges ping more often than that. */
  private static final int IDLE_SECONDS = 300;

  /** Of a stream: snapshots of a large account come in one. */
  private static final int MESSAGE_BYTES = 4 << 20;

  private final ExchangeAddresses addresses;
  private final ExchangeTimes times;
  private final InstantSource clock;
  private final RateBudgets budgets;
  private final HttpClient client;
  private final VertxWire wire;
  private final WebSocketClient sockets;
  private final String way;
  private final Map<Market, Venue> venues = new ConcurrentHashMap<>();

  private record Market(Exchange exchange, MarketType type) {}

  /**
   * @param vertx stays the caller's
   * @param wayOut which everything goes
   */
  public Exchanges(
      Vertx vertx,
      ExchangeAddresses addresses,
      ExchangeTimes times,
      WayOut wayOut,
      InstantSource clock) {
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.times = requireNonNull(times, "times is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.budgets = new RateBudgets(clock);
    HttpClientOptions options =
        new HttpClientOptions()
            .setKeepAlive(true)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setPipelining(false)
            .setTcpNoDelay(true)
            .setVerifyHost(true)
            .setTrustAll(false)
            .setMaxRedirects(0)
            .setMaxHeaderSize(64 << 10);
    HttpClientConfig config = new HttpClientConfig(options);
    // the options' own local address gets lost on the way to the connection in Vert.x 5.2
    wayOut
        .localAddress()
        .map(address -> SocketAddress.inetSocketAddress(0, address))
        .ifPresent(config.getTcpConfig()::setLocalAddress);
    this.client =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(config)
            .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(WAITING))
            .build();
    WebSocketClientOptions socketOptions =
        new WebSocketClientOptions()
            .setVerifyHost(true)
            .setTrustAll(false)
            .setConnectTimeout(CONNECT_MS)
            .setIdleTimeout(IDLE_SECONDS)
            .setMaxFrameSize(MESSAGE_BYTES)
            .setMaxMessageSize(MESSAGE_BYTES);
    wayOut.proxy().ifPresent(socketOptions::setProxyOptions);
    this.sockets = vertx.createWebSocketClient(socketOptions);
    this.wire = new VertxWire(client, wayOut.proxy());
    this.way = wayOut.toString();
  }

  /** Prices and rules. */
  public MarketData market(Exchange exchange, MarketType type) {
    return venue(exchange, type).market();
  }

  /**
   * An account.
   *
   * @param name what the key's budgets are counted by here, the same for the same key; not the key
   * @param key is the account's from now on, which wipes it when it is closed
   */
  public TradingAccount account(Exchange exchange, MarketType type, String name, TradingKey key) {
    return venue(exchange, type).account(new Signer(key, name));
  }

  private Venue venue(Exchange exchange, MarketType type) {
    return venues.computeIfAbsent(
        new Market(exchange, type),
        _ ->
            switch (exchange) {
              case BINANCE ->
                  new BinanceVenue(type, addresses, way, wire, sockets, budgets, times, clock);
              case OKX -> new OkxVenue(type, addresses, way, wire, sockets, budgets, times, clock);
              case GATE ->
                  new GateVenue(type, addresses, way, wire, sockets, budgets, times, clock);
              case PAPER ->
                  throw new IllegalArgumentException(
                      "exchange: paper (expected: one that is somewhere)");
            });
  }

  @Override
  public void close() {
    sockets.close();
    client.close();
  }
}
