package io.tollgate.trading.engine.candles;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.ExchangeAddresses;
import io.tollgate.trading.exchange.ExchangeTimes;
import io.tollgate.trading.exchange.Exchanges;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.WayOut;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The market data of exchanges for whoever reads candles, over an event loop of its own, which is
 * there from the first call on. Safe for use by many threads.
 */
public final class ExchangeMarkets implements AutoCloseable {
  private final ExchangeAddresses addresses;
  private final InstantSource clock;
  private @Nullable Opened opened;
  private boolean closed;

  private record Opened(Vertx vertx, Exchanges exchanges) {}

  public ExchangeMarkets(ExchangeAddresses addresses, InstantSource clock) {
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * The market data of one of them.
   *
   * @param field in which it was given
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} for paper trading, which has none
   */
  public MarketData of(String field, Exchange exchange, MarketType type) {
    if (exchange == Exchange.PAPER) {
      throw GivenText.refused(field, exchange.code(), "binance, okx or gate");
    }
    return exchanges().market(exchange, type);
  }

  private synchronized Exchanges exchanges() {
    if (closed) {
      throw new IllegalStateException("the way to exchanges is closed");
    }
    if (opened == null) {
      Vertx vertx =
          Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
      opened =
          new Opened(
              vertx, new Exchanges(vertx, addresses, ExchangeTimes.USUAL, WayOut.DIRECT, clock));
    }
    return opened.exchanges();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (opened != null) {
      opened.exchanges().close();
      Void _ = opened.vertx().close().toCompletionStage().toCompletableFuture().join();
      opened = null;
    }
  }
}
