package io.tollgate.trading.exchange.internal.stream;

import io.tollgate.trading.exchange.AccountEvent;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.internal.wire.UnreadableAnswer;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How an exchange's private stream is opened, read and kept alive. For one thread at a time. */
public interface StreamProtocol {
  /** Where to connect to now. */
  Outcome<WebSocketConnectOptions> prepare();

  /** What is to be sent first; empty when the address alone subscribes. */
  List<String> hello();

  /**
   * What a message tells; a {@link AccountEvent.Gap} when it says that the subscription stands.
   *
   * @throws UnreadableAnswer when it ends the stream
   */
  Heard hear(String message);

  /** How often the stream is to be kept alive. */
  Duration renewEvery();

  /**
   * Keeps it alive.
   *
   * @return what is to be sent for that
   * @throws UnreadableAnswer when it does not live any more
   */
  List<String> renew();

  /** From a stream that lives something comes at least as often; empty where that is not known. */
  Optional<Duration> longestSilence();

  /** Where an exchange's WebSocket is. */
  static WebSocketConnectOptions at(URI origin, String target) {
    boolean tls = "wss".equals(origin.getScheme());
    int port = origin.getPort();
    return new WebSocketConnectOptions()
        .setHost(origin.getHost())
        .setPort(port > 0 ? port : tls ? 443 : 80)
        .setSsl(tls)
        .setURI(target);
  }
}
