package io.tollgate.trading.exchange.internal.binance;

import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.internal.calls.ExchangeCaller;
import io.tollgate.trading.exchange.internal.calls.Signer;
import io.tollgate.trading.exchange.internal.signing.Query;
import io.tollgate.trading.exchange.internal.signing.Signatures;
import io.tollgate.trading.exchange.internal.stream.Heard;
import io.tollgate.trading.exchange.internal.stream.StreamProtocol;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.JsonBody;
import io.tollgate.trading.exchange.internal.wire.UnreadableAnswer;
import io.vertx.core.http.WebSocketConnectOptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Binance's private streams: of contracts by a listen key, of the spot market by a signed
 * subscription.
 */
final class BinanceStream implements StreamProtocol {
  private static final String LISTEN_KEY = "/fapi/v1/listenKey";

  private final BinanceCalls calls;
  private final Signer signer;
  private final Duration renewal;

  BinanceStream(BinanceCalls calls, Signer signer, Duration renewal) {
    this.calls = calls;
    this.signer = signer;
    this.renewal = renewal;
  }

  private boolean isSpot() {
    return calls.site().market() == MarketType.SPOT;
  }

  @Override
  public Outcome<WebSocketConnectOptions> prepare() {
    return isSpot()
        ? new Accepted<>(to("/ws-api/v3"))
        : ExchangeCaller.reading(
            calls.keyed(signer, "POST", LISTEN_KEY),
            fields -> to("/private/ws?listenKey=" + Query.encoded(fields.text("listenKey"))));
  }

  private WebSocketConnectOptions to(String target) {
    return StreamProtocol.at(calls.site().events(), target);
  }

  @Override
  public List<String> hello() {
    if (!isSpot()) {
      return List.of();
    }
    String apiKey = signer.key().apiKey();
    long now = calls.clock().now().toEpochMilli();
    // signed in the order of the alphabet
    String signed = "apiKey=" + apiKey + "&timestamp=" + now;
    JsonBody parameters =
        new JsonBody()
            .with("apiKey", apiKey)
            .withNumber("timestamp", BigDecimal.valueOf(now))
            .with("signature", Signatures.binance(signer.key(), signed, ""));
    return List.of(
        new JsonBody()
            .with("id", "events")
            .with("method", "userDataStream.subscribe.signature")
            .with("params", parameters)
            .toString());
  }

  @Override
  public Heard hear(String message) {
    Fields fields = Fields.read(message);
    return Heard.of(isSpot() ? BinanceEvents.spot(fields) : BinanceEvents.future(fields));
  }

  @Override
  public Duration renewEvery() {
    return renewal;
  }

  /** A subscription lives as long as its socket, a listen key for an hour from its last renewal. */
  @Override
  public List<String> renew() {
    if (!isSpot() && !(calls.keyed(signer, "PUT", LISTEN_KEY) instanceof Accepted<Fields>)) {
      throw new UnreadableAnswer("the listen key was not renewed");
    }
    return List.of();
  }

  /** Binance pings by itself; what a socket is silent for is up to the client's idle time. */
  @Override
  public Optional<Duration> longestSilence() {
    return Optional.empty();
  }
}
