package io.tollgate.sandbox.internal.venue;

import io.vertx.core.http.ServerWebSocket;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One WebSocket, whose it is and what it has subscribed to. Confined to the event loop. */
public final class VenueSocket {
  private static final int MOST_CHANNELS = 200;
  private static final int MOST_QUEUED = 4 * 1024 * 1024;
  private static final short GOING_AWAY = 1001;

  private final ServerWebSocket socket;
  private final InstantSource clock;
  private final String path;
  private final Map<String, JsonNode> channels = new LinkedHashMap<>();
  private Optional<VenueAccount> account = Optional.empty();
  private long heardAt;
  private long muteUntil;

  VenueSocket(ServerWebSocket socket, String path, InstantSource clock) {
    this.socket = socket;
    this.clock = clock;
    this.path = path;
    this.heardAt = clock.millis();
    socket.setWriteQueueMaxSize(MOST_QUEUED);
  }

  /** Where it was opened. */
  public String path() {
    return path;
  }

  /** Whose it is, once that was shown. */
  public Optional<VenueAccount> account() {
    return account;
  }

  public void account(VenueAccount to) {
    account = Optional.of(to);
  }

  /** What each subscription asked for. */
  public Map<String, JsonNode> channels() {
    return Map.copyOf(channels);
  }

  /**
   * Subscribes.
   *
   * @return false when there are too many subscriptions already
   */
  public boolean subscribe(String channel, JsonNode asked) {
    if (channels.size() >= MOST_CHANNELS && !channels.containsKey(channel)) {
      return false;
    }
    channels.put(channel, asked);
    return true;
  }

  public void unsubscribe(String channel) {
    channels.remove(channel);
  }

  void heard() {
    heardAt = clock.millis();
  }

  long heardAt() {
    return heardAt;
  }

  void mute(long until) {
    muteUntil = until;
  }

  /** Sends a message; who reads too slowly is cut off. */
  public void send(String text) {
    if (socket.isClosed() || clock.millis() < muteUntil) {
      return;
    }
    if (socket.writeQueueFull()) {
      close();
    } else {
      var unused = socket.writeTextMessage(text);
    }
  }

  void close() {
    if (!socket.isClosed()) {
      var unused = socket.close(GOING_AWAY);
    }
  }
}
