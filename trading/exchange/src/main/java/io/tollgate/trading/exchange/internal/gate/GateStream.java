package io.tollgate.trading.exchange.internal.gate;

import io.tollgate.trading.exchange.AccountEvent.Gap;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gate's private channels: each subscription is signed by itself. What comes before all of them
 * stand is in the gap that is told then.
 *
 * @see <a href="https://www.gate.com/docs/developers/apiv4/ws/en/">Spot</a>
 * @see <a href="https://www.gate.com/docs/developers/futures/ws/en/">Contracts</a>
 */
final class GateStream implements StreamProtocol {
  private final GateCalls calls;
  private final GateEvents events;
  private final Signer signer;
  private final Duration ping;

  /** Contracts' channels want to be told whose they are. */
  private String user = "";

  private boolean clockDoubtful;
  private int awaited;

  GateStream(GateCalls calls, GateMarketData market, Signer signer, Duration ping) {
    this.calls = calls;
    this.events = new GateEvents(calls.isSpot(), market);
    this.signer = signer;
    this.ping = ping;
  }

  @Override
  public Outcome<WebSocketConnectOptions> prepare() {
    Outcome<Instant> time =
        clockDoubtful ? calls.correctClock() : new Accepted<>(calls.clock().now());
    clockDoubtful = false;
    return time.then(_ -> place());
  }

  private Outcome<WebSocketConnectOptions> place() {
    if (calls.isSpot()) {
      return new Accepted<>(socket());
    }
    return ExchangeCaller.reading(
        calls.get(signer, calls.site().path("accounts"), new Query()),
        fields -> {
          user = fields.text("user");
          return socket();
        });
  }

  private WebSocketConnectOptions socket() {
    return StreamProtocol.at(calls.site().events(), calls.site().events().getRawPath());
  }

  @Override
  public List<String> hello() {
    List<String> hello = new ArrayList<>();
    if (calls.isSpot()) {
      hello.add(subscription("spot.orders", List.of("!all")));
      hello.add(subscription("spot.balances", List.of()));
    } else {
      hello.add(subscription("futures.orders", List.of(user, "!all")));
      hello.add(subscription("futures.balances", List.of(user)));
      hello.add(subscription("futures.positions", List.of(user, "!all")));
    }
    awaited = hello.size();
    return hello;
  }

  private String subscription(String channel, List<String> payload) {
    long seconds = calls.clock().now().getEpochSecond();
    JsonBody auth =
        new JsonBody()
            .with("method", "api_key")
            .with("KEY", signer.key().apiKey())
            .with("SIGN", Signatures.gateChannel(signer.key(), channel, "subscribe", seconds));
    JsonBody message =
        new JsonBody()
            .withNumber("time", BigDecimal.valueOf(seconds))
            .with("channel", channel)
            .with("event", "subscribe")
            .with("auth", auth);
    if (!payload.isEmpty()) {
      message.withTexts("payload", payload);
    }
    return message.toString();
  }

  @Override
  public Heard hear(String message) {
    Fields fields = Fields.read(message);
    if (fields.has("error")) {
      clockDoubtful = true;
      throw new UnreadableAnswer(
          "the stream ends: " + fields.in("error").find("code").orElse("no code"));
    }
    return switch (fields.find("event").orElse("")) {
      case "subscribe" -> {
        awaited--;
        yield awaited == 0 ? Heard.of(new Gap("subscribed")) : Heard.NOTHING;
      }
      case "update" -> awaited > 0 ? Heard.NOTHING : Heard.of(events.pushed(fields));
      default -> Heard.NOTHING;
    };
  }

  @Override
  public Duration renewEvery() {
    return ping;
  }

  @Override
  public List<String> renew() {
    return List.of(
        new JsonBody()
            .withNumber("time", BigDecimal.valueOf(calls.clock().now().getEpochSecond()))
            .with("channel", calls.isSpot() ? "spot.ping" : "futures.ping")
            .toString());
  }

  @Override
  public Optional<Duration> longestSilence() {
    return Optional.of(ping.multipliedBy(2));
  }
}
