package io.tollgate.sandbox.internal.venue;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** All open WebSockets, and what goes wrong with them. Confined to the event loop. */
final class VenueSockets implements BookListener {
  private static final int MOST = 20_000;
  private static final long LOOK_MILLIS = 1_000;

  private final VenueSpeech speech;
  private final InstantSource clock;
  private final Set<VenueSocket> open = new LinkedHashSet<>();

  /** Whose new sockets are refused until when; everybody's under the empty key. */
  private final Map<String, Long> barred = new HashMap<>();

  private long opened;
  private long messages;

  VenueSockets(Vertx vertx, VenueSpeech speech, InstantSource clock) {
    this.speech = speech;
    this.clock = clock;
    long unused = vertx.setPeriodic(LOOK_MILLIS, fired -> closeSilent());
  }

  /** Whether a request wants one that is spoken here. */
  boolean wants(HttpServerRequest request, String path) {
    return "websocket".equalsIgnoreCase(request.getHeader("Upgrade")) && speech.speaksAt(path);
  }

  void open(HttpServerRequest request, String path) {
    if (open.size() >= MOST || isBarred("")) {
      var unused = request.response().setStatusCode(503).end();
      return;
    }
    var unused = request.toWebSocket().onSuccess(socket -> opened(socket, path));
  }

  private void opened(ServerWebSocket accepted, String path) {
    VenueSocket socket = new VenueSocket(accepted, path, clock);
    open.add(socket);
    opened++;
    accepted.closeHandler(closed -> open.remove(socket));
    accepted.textMessageHandler(
        text -> {
          messages++;
          socket.heard();
          speech.hear(socket, text, clock.millis());
          if (socket.account().filter(account -> isBarred(account.apiKey())).isPresent()) {
            socket.close();
          }
        });
  }

  private boolean isBarred(String apiKey) {
    barred.values().removeIf(until -> until <= clock.millis());
    return barred.containsKey(apiKey);
  }

  /** Closes those of a key, everybody's where it is empty, and refuses new ones so long. */
  void drop(String apiKey, long millis) {
    barred.put(apiKey, clock.millis() + millis);
    for (VenueSocket socket : List.copyOf(open)) {
      boolean meant =
          apiKey.isEmpty()
              || socket.account().filter(account -> account.apiKey().equals(apiKey)).isPresent();
      if (meant) {
        socket.close();
      }
    }
  }

  /** From now on, those that are open stay so and say nothing. */
  void mute(long millis) {
    open.forEach(socket -> socket.mute(clock.millis() + millis));
  }

  private void closeSilent() {
    long patience = speech.patienceMillis();
    for (VenueSocket socket : List.copyOf(open)) {
      if (patience > 0 && clock.millis() - socket.heardAt() > patience) {
        socket.close();
      }
    }
  }

  @Override
  public void changed(
      VenueAccount account, VenueOrder order, Optional<VenueTrade> trade, long now) {
    for (VenueSocket socket : List.copyOf(open)) {
      if (socket.account().filter(account::equals).isPresent()) {
        speech.tell(socket, order, trade, now);
      }
    }
  }

  /** How many there are and were, and how many messages came. */
  ObjectNode told() {
    return JsonBody.object()
        .put("open", open.size())
        .put("opened", opened)
        .put("messages", messages);
  }
}
