package io.tollgate.sandbox.internal.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.venue.Keyed;
import io.tollgate.sandbox.internal.venue.VenueAccount;
import io.tollgate.sandbox.internal.venue.VenueBook;
import io.tollgate.sandbox.internal.venue.VenueOrder;
import io.tollgate.sandbox.internal.venue.VenueSocket;
import io.tollgate.sandbox.internal.venue.VenueSpeech;
import io.tollgate.sandbox.internal.venue.VenueTrade;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gate's WebSockets, of the spot market and of contracts: each private subscription is signed by
 * itself.
 *
 * @see <a href="https://www.gate.com/docs/developers/apiv4/ws/en/">Spot</a>
 * @see <a href="https://www.gate.com/docs/developers/futures/ws/en/">Contracts</a>
 */
final class GateSpeech implements VenueSpeech {
  private static final String SPOT = "/ws/v4/";
  private static final String FUTURES = "/v4/ws/usdt";
  private static final long TOLERANCE_SECONDS = 60;
  private static final Set<String> SPOT_CHANNELS =
      Set.of("spot.orders", "spot.usertrades", "spot.balances");
  private static final Set<String> FUTURES_CHANNELS =
      Set.of("futures.orders", "futures.usertrades", "futures.balances", "futures.positions");

  /** Numbers by which errors are known. */
  private static final int BAD_REQUEST = 1;

  private static final int BAD_ARGUMENT = 2;
  private static final int BAD_SIGNATURE = 4;

  private final VenueBook book;

  GateSpeech(VenueBook book) {
    this.book = book;
  }

  @Override
  public boolean speaksAt(String path) {
    return path.equals(SPOT) || path.equals(FUTURES);
  }

  @Override
  public long patienceMillis() {
    return 0;
  }

  @Override
  public void hear(VenueSocket socket, String text, long now) {
    JsonNode asked;
    try {
      asked = JsonBody.object(text.getBytes(UTF_8));
    } catch (Problem problem) {
      socket.send(failed(JsonBody.object(), BAD_REQUEST, problem.message(), now).toString());
      return;
    }
    String channel = asked.path("channel").asString("");
    String event = asked.path("event").asString("");
    if (channel.equals("spot.ping") || channel.equals("futures.ping")) {
      socket.send(message(channel.replace("ping", "pong"), "", now).putNull("result").toString());
      return;
    }
    Set<String> known = socket.path().equals(SPOT) ? SPOT_CHANNELS : FUTURES_CHANNELS;
    if (!known.contains(channel) || !event.matches("subscribe|unsubscribe")) {
      socket.send(failed(asked, BAD_ARGUMENT, "unknown channel or event", now).toString());
      return;
    }
    Optional<VenueAccount> account = signed(asked, channel, event, now);
    if (account.isEmpty()) {
      socket.send(failed(asked, BAD_SIGNATURE, "authentication failed", now).toString());
    } else if (!payloadFits(channel, asked.path("payload"), account.get())) {
      socket.send(failed(asked, BAD_ARGUMENT, "payload", now).toString());
    } else {
      socket.account(account.get());
      if (event.equals("subscribe")) {
        socket.subscribe(channel, asked.path("payload"));
      } else {
        socket.unsubscribe(channel);
      }
      ObjectNode answer = answer(asked, now);
      answer.putObject("result").put("status", "success");
      socket.send(answer.toString());
    }
  }

  private Optional<VenueAccount> signed(JsonNode asked, String channel, String event, long now) {
    JsonNode auth = asked.path("auth");
    long time = asked.path("time").asLong(0);
    if (!auth.path("method").asString("").equals("api_key")
        || Math.abs(time - now / 1000) > TOLERANCE_SECONDS) {
      return Optional.empty();
    }
    String text = "channel=" + channel + "&event=" + event + "&time=" + time;
    return book.account(auth.path("KEY").asString(""))
        .filter(
            account ->
                Keyed.same(
                    HexFormat.of().formatHex(Keyed.hash("HmacSHA512", account.secret(), text)),
                    auth.path("SIGN").asString("")));
  }

  /** Contracts' channels are told whose they are, and of which contract or of all. */
  private static boolean payloadFits(String channel, JsonNode payload, VenueAccount account) {
    return switch (channel) {
      case "spot.balances" -> true;
      case "spot.orders", "spot.usertrades" -> !payload.isEmpty();
      default -> payload.path(0).asString("").equals(Long.toString(account.number()));
    };
  }

  private static ObjectNode message(String channel, String event, long now) {
    return JsonBody.object()
        .put("time", now / 1000)
        .put("time_ms", now)
        .put("channel", channel)
        .put("event", event);
  }

  private static ObjectNode answer(JsonNode asked, long now) {
    ObjectNode json =
        message(asked.path("channel").asString(""), asked.path("event").asString(""), now);
    if (asked.path("id").isNumber()) {
      json.set("id", asked.path("id"));
    }
    return json.putNull("error");
  }

  private static ObjectNode failed(JsonNode asked, int code, String message, long now) {
    ObjectNode json = answer(asked, now);
    json.putObject("error").put("code", code).put("message", message);
    return json.putNull("result");
  }

  @Override
  public void tell(VenueSocket socket, VenueOrder order, Optional<VenueTrade> trade, long now) {
    boolean contract = order.wish().listed().contract();
    if (contract != socket.path().equals(FUTURES)) {
      return;
    }
    socket
        .account()
        .ifPresent(
            account ->
                socket
                    .channels()
                    .forEach(
                        (channel, payload) ->
                            rows(channel, payload, account, order, trade, now)
                                .forEach(row -> push(socket, channel, row, now))));
  }

  private List<ObjectNode> rows(
      String channel,
      JsonNode payload,
      VenueAccount account,
      VenueOrder order,
      Optional<VenueTrade> trade,
      long now) {
    boolean meant = channel.endsWith(".balances") || fits(payload, order);
    return switch (channel) {
      case "spot.orders", "futures.orders" ->
          meant ? List.of(GateTelling.order(account, order, trade.isPresent())) : List.of();
      case "spot.usertrades", "futures.usertrades" ->
          trade.filter(one -> meant).map(GateTelling::trade).stream().toList();
      case "spot.balances" -> GateTelling.coins(account, order.wish().listed().base(), now);
      case "futures.balances" ->
          trade.map(one -> GateTelling.balance(account, now)).stream().toList();
      case "futures.positions" ->
          trade.filter(one -> meant).map(one -> GateTelling.position(account, one, now)).stream()
              .toList();
      default -> List.of();
    };
  }

  private static boolean fits(JsonNode payload, VenueOrder order) {
    String name = GatePublic.name(order.wish().listed());
    for (JsonNode one : payload) {
      if (one.asString("").equals("!all") || one.asString("").equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static void push(VenueSocket socket, String channel, ObjectNode row, long now) {
    ObjectNode json = message(channel, "update", now);
    json.putArray("result").add(row);
    socket.send(json.toString());
  }
}
