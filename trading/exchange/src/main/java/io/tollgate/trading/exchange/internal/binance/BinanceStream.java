package io.tollgate.trading.exchange.internal.binance;

import io.tollgate.trading.exchange.AccountEvent;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.internal.calls.ExchangeCaller;
import io.tollgate.trading.exchange.internal.calls.Signer;
import io.tollgate.trading.exchange.internal.signing.Query;
import io.tollgate.trading.exchange.internal.signing.Signatures;
import io.tollgate.trading.exchange.internal.wire.EventSocket;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.JsonBody;
import io.vertx.core.http.WebSocketConnectOptions;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Binance's private streams: of contracts by a listen key, of the spot market by a signed
 * subscription.
 */
final class BinanceStream implements EventSocket.Protocol {
  private static final String LISTEN_KEY = "/fapi/v1/listenKey";
  private static final Duration RENEW = Duration.ofMinutes(30);
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  private final BinanceCalls calls;
  private final Signer signer;
  private final URI origin;

  BinanceStream(BinanceCalls calls, Signer signer, URI origin) {
    this.calls = calls;
    this.signer = signer;
    this.origin = origin;
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
    boolean tls = "wss".equals(origin.getScheme());
    return new WebSocketConnectOptions()
        .setHost(origin.getHost())
        .setPort(origin.getPort() > 0 ? origin.getPort() : tls ? HTTPS : HTTP)
        .setSsl(tls)
        .setURI(target);
  }

  @Override
  public Optional<String> hello() {
    if (!isSpot()) {
      return Optional.empty();
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
    return Optional.of(
        new JsonBody()
            .with("id", "events")
            .with("method", "userDataStream.subscribe.signature")
            .with("params", parameters)
            .toString());
  }

  @Override
  public Optional<AccountEvent> read(String message) {
    Fields fields = Fields.read(message);
    return isSpot() ? BinanceEvents.spot(fields) : BinanceEvents.future(fields);
  }

  @Override
  public Duration renewEvery() {
    return RENEW;
  }

  @Override
  public boolean renew() {
    return isSpot() || calls.keyed(signer, "PUT", LISTEN_KEY) instanceof Accepted<Fields>;
  }
}
