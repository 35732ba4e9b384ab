package io.tollgate.sandbox.internal.okx;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.venue.Keyed;
import io.tollgate.sandbox.internal.venue.Listed;
import io.tollgate.sandbox.internal.venue.VenueAccount;
import io.tollgate.sandbox.internal.venue.VenueBook;
import io.tollgate.sandbox.internal.venue.VenueOrder;
import io.tollgate.sandbox.internal.venue.VenueSocket;
import io.tollgate.sandbox.internal.venue.VenueSpeech;
import io.tollgate.sandbox.internal.venue.VenueTrade;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OKX's private WebSocket: a login, then the channels {@code orders}, {@code account} and {@code
 * positions}.
 *
 * @see <a href="https://www.okx.com/docs-v5/en/#overview-websocket">WebSocket</a>
 */
final class OkxSpeech implements VenueSpeech {
  private static final String PATH = "/ws/v5/private";
  private static final long TOLERANCE_SECONDS = 30;
  private static final long PATIENCE_MILLIS = 30_000;

  private final VenueBook book;
  private final OkxAccounts accounts;

  OkxSpeech(VenueBook book, OkxAccounts accounts) {
    this.book = book;
    this.accounts = accounts;
  }

  @Override
  public boolean speaksAt(String path) {
    return path.equals(PATH);
  }

  @Override
  public long patienceMillis() {
    return PATIENCE_MILLIS;
  }

  @Override
  public void hear(VenueSocket socket, String text, long now) {
    if (text.equals("ping")) {
      socket.send("pong");
      return;
    }
    try {
      JsonNode asked = JsonBody.object(text.getBytes(UTF_8));
      JsonNode args = asked.path("args");
      switch (asked.path("op").asString("")) {
        case "login" -> login(socket, args.path(0), now);
        case "subscribe" -> args.forEach(arg -> subscribe(socket, arg, now));
        case "unsubscribe" ->
            args.forEach(
                arg -> {
                  socket.unsubscribe(arg.toString());
                  socket.send(event("unsubscribe").set("arg", arg).toString());
                });
        default -> error(socket, "60012", "Illegal request");
      }
    } catch (Problem problem) {
      error(socket, "60012", "Illegal request: " + problem.message());
    }
  }

  private static ObjectNode event(String name) {
    return JsonBody.object().put("event", name).put("connId", "a4d3ae55");
  }

  private static void error(VenueSocket socket, String code, String message) {
    socket.send(event("error").put("code", code).put("msg", message).toString());
  }

  private void login(VenueSocket socket, JsonNode given, long now) {
    Optional<VenueAccount> account = book.account(given.path("apiKey").asString(""));
    String timestamp = given.path("timestamp").asString("");
    if (account.isEmpty()) {
      error(socket, "60005", "Invalid apiKey");
    } else if (!timestamp.matches("\\d{1,12}")
        || Math.abs(Long.parseLong(timestamp) - now / 1000) > TOLERANCE_SECONDS) {
      error(socket, "60006", "Timestamp request expired");
    } else if (given.path("passphrase").asString("").isEmpty()) {
      error(socket, "60024", "Wrong passphrase");
    } else if (!Keyed.same(signature(account.get(), timestamp), given.path("sign").asString(""))) {
      error(socket, "60007", "Invalid sign");
    } else {
      socket.account(account.get());
      socket.send(event("login").put("code", "0").put("msg", "").toString());
    }
  }

  private static String signature(VenueAccount account, String timestamp) {
    return Base64.getEncoder()
        .encodeToString(
            Keyed.hash("HmacSHA256", account.secret(), timestamp + "GET/users/self/verify"));
  }

  private void subscribe(VenueSocket socket, JsonNode arg, long now) {
    Optional<VenueAccount> account = socket.account();
    if (account.isEmpty()) {
      error(socket, "60011", "Please log in");
      return;
    }
    String channel = arg.path("channel").asString("");
    if (!channel.matches("orders|account|positions") || !socket.subscribe(arg.toString(), arg)) {
      error(socket, "60018", "Invalid channel " + channel);
      return;
    }
    socket.send(event("subscribe").set("arg", arg).toString());
    switch (channel) {
      case "account" -> push(socket, arg, balance(account.get(), now));
      case "positions" -> {
        ArrayNode data = JsonBody.array();
        account.get().positions().stream()
            .filter(one -> fits(arg, one.listed()))
            .forEach(one -> accounts.position(account.get(), one, data.addObject()));
        push(socket, arg, data);
      }
      default -> {}
    }
  }

  private ArrayNode balance(VenueAccount account, long now) {
    ArrayNode data = JsonBody.array();
    accounts.balance(account, data.addObject(), now);
    return data;
  }

  private static void push(VenueSocket socket, JsonNode arg, ArrayNode data) {
    ObjectNode message = JsonBody.object();
    message.set("arg", arg);
    message.set("data", data);
    socket.send(message.toString());
  }

  @Override
  public void tell(VenueSocket socket, VenueOrder order, Optional<VenueTrade> trade, long now) {
    socket
        .account()
        .ifPresent(
            account ->
                socket
                    .channels()
                    .values()
                    .forEach(arg -> tell(socket, account, arg, order, trade, now)));
  }

  private void tell(
      VenueSocket socket,
      VenueAccount account,
      JsonNode arg,
      VenueOrder order,
      Optional<VenueTrade> trade,
      long now) {
    Listed listed = order.wish().listed();
    switch (arg.path("channel").asString("")) {
      case "orders" -> {
        if (fits(arg, listed)) {
          push(socket, arg, JsonBody.array().add(told(order, trade)));
        }
      }
      case "account" -> push(socket, arg, balance(account, now));
      case "positions" -> {
        if (trade.isPresent() && listed.contract() && fits(arg, listed)) {
          ArrayNode data = JsonBody.array();
          accounts.position(
              account, account.position(listed, order.wish().position()), data.addObject());
          push(socket, arg, data);
        }
      }
      default -> {}
    }
  }

  private static boolean fits(JsonNode arg, Listed listed) {
    String type = arg.path("instType").asString("");
    String name = arg.path("instId").asString("");
    return (type.equals("ANY") || type.equals(listed.contract() ? "SWAP" : "SPOT"))
        && (name.isEmpty() || name.equals(OkxPublic.name(listed)));
  }

  private static ObjectNode told(VenueOrder order, Optional<VenueTrade> trade) {
    ObjectNode json = OkxTrade.order(order);
    json.put("fillPx", trade.map(one -> one.price().toPlainString()).orElse(""))
        .put(
            "fillSz",
            trade
                .map(one -> OkxPublic.contracts(order.wish().listed(), one.quantity()))
                .orElse("0"))
        .put("tradeId", trade.map(one -> Long.toString(one.id())).orElse(""))
        .put("fillTime", trade.map(one -> Long.toString(one.at())).orElse(""))
        .put("fillFee", trade.map(one -> one.fee().negate().toPlainString()).orElse("0"))
        .put("fillFeeCcy", trade.map(VenueTrade::feeCoin).orElse(""));
    return json;
  }
}
