package io.tollgate.sandbox.internal.trading.stream;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.book.AlgoOrder;
import io.tollgate.sandbox.internal.trading.book.Changes;
import io.tollgate.sandbox.internal.trading.book.Changes.OrderEvent;
import io.tollgate.sandbox.internal.trading.market.Market;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** All open WebSockets, and what they are told. Confined to the event loop. */
public final class Sockets {
  private static final long PING_MILLIS = 20_000;
  private static final long EXPIRY_MILLIS = 1_000;
  private static final long SILENT_MILLIS = 60_000;
  private static final long LIFE_MILLIS = 24 * 3_600_000L;
  private static final int MOST_BARRED = 10_000;

  private final Floor floor;
  private final MarketFrames market;
  private final UserFrames user;
  private final ListenKeys keys = new ListenKeys();
  private final Set<StreamSession> sessions = new LinkedHashSet<>();
  private final Map<Market, Map<String, MarketFeed>> feeds = new HashMap<>();
  private final Map<String, Long> barred = new LinkedHashMap<>();
  private long pingedAt;
  private long expiredAt;

  public Sockets(Floor floor) {
    this.floor = floor;
    this.market = new MarketFrames(floor);
    this.user = new UserFrames(floor);
    for (Market one : Market.values()) {
      feeds.put(one, new LinkedHashMap<>());
    }
    floor.listen(this::tell);
  }

  public ListenKeys keys() {
    return keys;
  }

  /** Closes those of an account (all where it is empty), and refuses new ones so long. */
  public void drop(String account, long millis) {
    if (barred.size() < MOST_BARRED) {
      barred.put(account, real() + millis);
    }
    for (StreamSession session : List.copyOf(sessions)) {
      if (account.isEmpty() || session.accounts().contains(account)) {
        session.away();
      }
    }
  }

  /** Whether an account's sockets are refused now. */
  boolean refused(String account) {
    barred.values().removeIf(until -> until <= real());
    return barred.containsKey("") || barred.containsKey(account);
  }

  void add(StreamSession session) {
    sessions.add(session);
    session.socket().closeHandler(closed -> sessions.remove(session));
    session.socket().pongHandler(pong -> session.heard(real()));
  }

  private long real() {
    return floor.clock().realMillis();
  }

  /**
   * Subscribes a session to a stream of the market, or to the account of a listen key.
   *
   * @return whether there is such a stream
   */
  boolean subscribe(StreamSession session, String stream) {
    Optional<String> account = keys.account(stream, real());
    if (account.isPresent()) {
      session.accounts().add(account.get());
      session.streams().add(stream);
      return true;
    }
    Optional<StreamName> name = StreamName.of(floor.instruments(), session.market(), stream);
    if (name.isEmpty() || session.streams().size() >= StreamSession.MOST_STREAMS) {
      return false;
    }
    session.streams().add(stream);
    feeds(session.market())
        .computeIfAbsent(stream, made -> new MarketFeed(name.get(), floor, market, floor.now()));
    return true;
  }

  private Map<String, MarketFeed> feeds(Market of) {
    return feeds.getOrDefault(of, Map.of());
  }

  void unsubscribe(StreamSession session, String stream) {
    session.streams().remove(stream);
    keys.account(stream, real()).ifPresent(session.accounts()::remove);
  }

  /** Tells what the market does; feeds that nobody hears any longer are forgotten. */
  public void tick() {
    long now = floor.now();
    for (Market of : Market.values()) {
      feeds(of)
          .entrySet()
          .removeIf(
              feed -> {
                List<StreamSession> heard =
                    sessions.stream()
                        .filter(session -> session.market() == of && session.has(feed.getKey()))
                        .toList();
                if (!heard.isEmpty()) {
                  for (JsonNode event : feed.getValue().next(now, real())) {
                    heard.forEach(session -> session.send(feed.getKey(), event));
                  }
                }
                return heard.isEmpty();
              });
    }
    keep();
  }

  private void keep() {
    long real = real();
    if (real - expiredAt >= EXPIRY_MILLIS) {
      expiredAt = real;
      keys.expire(real).forEach(this::expired);
    }
    if (real - pingedAt < PING_MILLIS) {
      return;
    }
    pingedAt = real;
    for (StreamSession session : List.copyOf(sessions)) {
      if (real - session.heardAt() > SILENT_MILLIS || real - session.openedAt() > LIFE_MILLIS) {
        session.away();
      } else {
        var unused = session.socket().writePing(Buffer.buffer(Long.toString(real)));
      }
    }
  }

  private void expired(String key, String account) {
    ObjectNode event =
        JsonBody.object().put("e", "listenKeyExpired").put("E", real()).put("listenKey", key);
    for (StreamSession session : List.copyOf(sessions)) {
      if (session.streams().remove(key)) {
        session.send(key, event);
        session.accounts().remove(account);
      }
    }
  }

  private void tell(Changes changes) {
    String account = changes.account().apiKey();
    for (StreamSession session : List.copyOf(sessions)) {
      if (session.accounts().contains(account)) {
        Consumer<JsonNode> told =
            session.market() == Market.SPOT && session.streams().isEmpty()
                ? event -> session.send(subscription(event))
                : event -> session.send(key(session, account), event);
        if (session.streams().isEmpty()) {
          spot(changes, told);
        } else {
          futures(changes, told);
        }
      }
    }
  }

  private String key(StreamSession session, String account) {
    return session.streams().stream()
        .filter(stream -> keys.account(stream, real()).filter(account::equals).isPresent())
        .findFirst()
        .orElse("");
  }

  private static ObjectNode subscription(JsonNode event) {
    ObjectNode json = JsonBody.object().put("subscriptionId", 0);
    json.set("event", event);
    return json;
  }

  private void spot(Changes changes, Consumer<JsonNode> told) {
    List<OrderEvent> events = of(changes, Market.SPOT);
    events.forEach(event -> told.accept(user.executionReport(event, changes.at())));
    if (!events.isEmpty()) {
      told.accept(user.spotBalances(changes, events));
    }
  }

  private void futures(Changes changes, Consumer<JsonNode> told) {
    for (AlgoOrder order : changes.algos()) {
      told.accept(user.algoUpdate(order, changes.at()));
    }
    if (!changes.income().isEmpty() || !changes.positions().isEmpty()) {
      told.accept(user.accountUpdate(changes));
    }
    of(changes, Market.FUTURES)
        .forEach(event -> told.accept(user.orderUpdate(event, changes.at())));
  }

  private static List<OrderEvent> of(Changes changes, Market market) {
    return changes.events().stream()
        .filter(event -> event.order().instrument().market() == market)
        .toList();
  }
}
