package io.tollgate.trading.exchange.internal.okx;

import io.tollgate.trading.exchange.AccountEvent;
import io.tollgate.trading.exchange.AccountEvent.Gap;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.internal.calls.Signer;
import io.tollgate.trading.exchange.internal.signing.Signatures;
import io.tollgate.trading.exchange.internal.stream.Heard;
import io.tollgate.trading.exchange.internal.stream.StreamProtocol;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.JsonBody;
import io.tollgate.trading.exchange.internal.wire.UnreadableAnswer;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * OKX's private stream: a login, then subscriptions to orders, balances and positions. What comes
 * before all of them stand is in the gap that is told then.
 *
 * @see <a href="https://www.okx.com/docs-v5/en/#overview-websocket">WebSocket</a>
 */
final class OkxStream implements StreamProtocol {
  private static final String PATH = "/ws/v5/private";
  private static final String VERIFY = "/users/self/verify";

  private final OkxCalls calls;
  private final OkxEvents events;
  private final Signer signer;
  private final Duration ping;
  private boolean clockDoubtful;
  private int awaited;

  OkxStream(OkxCalls calls, OkxMarketData market, Signer signer, Duration ping) {
    this.calls = calls;
    this.events = new OkxEvents(market);
    this.signer = signer;
    this.ping = ping;
  }

  @Override
  public Outcome<WebSocketConnectOptions> prepare() {
    WebSocketConnectOptions place = StreamProtocol.at(calls.site().events(), PATH);
    Outcome<Instant> time =
        clockDoubtful ? calls.correctClock() : new Accepted<>(calls.clock().now());
    clockDoubtful = false;
    return time.map(_ -> place);
  }

  @Override
  public List<String> hello() {
    awaited = channels().size();
    String seconds = Long.toString(calls.clock().now().getEpochSecond());
    JsonBody login =
        new JsonBody()
            .with("apiKey", signer.key().apiKey())
            .with("passphrase", signer.key().passphrase())
            .with("timestamp", seconds)
            .with("sign", Signatures.okx(signer.key(), seconds, "GET", VERIFY, ""));
    return List.of(new JsonBody().with("op", "login").with("args", List.of(login)).toString());
  }

  private List<JsonBody> channels() {
    String type = calls.site().instrumentType();
    List<JsonBody> channels = new ArrayList<>();
    channels.add(new JsonBody().with("channel", "orders").with("instType", type));
    channels.add(new JsonBody().with("channel", "account"));
    if (calls.site().market() == MarketType.FUTURE) {
      channels.add(new JsonBody().with("channel", "positions").with("instType", type));
    }
    return channels;
  }

  @Override
  public Heard hear(String message) {
    if (message.equals("pong")) {
      return Heard.NOTHING;
    }
    Fields fields = Fields.read(message);
    return switch (fields.find("event").orElse("")) {
      case "" -> awaited > 0 ? Heard.NOTHING : Heard.of(events.pushed(fields));
      case "login" ->
          Heard.reply(new JsonBody().with("op", "subscribe").with("args", channels()).toString());
      case "subscribe" -> {
        awaited--;
        yield awaited == 0 ? Heard.of(subscribed()) : Heard.NOTHING;
      }
      case "error", "channel-conn-count-error", "notice" -> {
        clockDoubtful = true;
        throw new UnreadableAnswer("the stream ends: " + fields.find("code").orElse("no code"));
      }
      default -> Heard.NOTHING;
    };
  }

  private static AccountEvent subscribed() {
    return new Gap("subscribed");
  }

  @Override
  public Duration renewEvery() {
    return ping;
  }

  @Override
  public List<String> renew() {
    return List.of("ping");
  }

  @Override
  public Optional<Duration> longestSilence() {
    return Optional.of(ping.multipliedBy(2));
  }
}
