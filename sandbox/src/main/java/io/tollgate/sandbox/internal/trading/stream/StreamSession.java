package io.tollgate.sandbox.internal.trading.stream;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.market.Market;
import io.vertx.core.http.ServerWebSocket;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One WebSocket and what it has subscribed to. Who reads too slowly is cut off. Event loop only.
 */
final class StreamSession {
  static final int MOST_STREAMS = 1_024;
  private static final int MOST_QUEUED = 4 * 1024 * 1024;
  private static final short TOO_SLOW = 1008;
  private static final short GOING_AWAY = 1001;

  private final ServerWebSocket socket;
  private final Market market;
  private final boolean combined;
  private final long openedAt;
  private final Set<String> streams = new LinkedHashSet<>();
  private final Set<String> accounts = new LinkedHashSet<>();
  private long heardAt;

  /**
   * A session on a socket.
   *
   * @param combined whether each message names its stream
   * @param openedAt real time, milliseconds
   */
  StreamSession(ServerWebSocket socket, Market market, boolean combined, long openedAt) {
    this.socket = socket;
    this.market = market;
    this.combined = combined;
    this.openedAt = openedAt;
    this.heardAt = openedAt;
    socket.setWriteQueueMaxSize(MOST_QUEUED);
  }

  ServerWebSocket socket() {
    return socket;
  }

  Market market() {
    return market;
  }

  long openedAt() {
    return openedAt;
  }

  long heardAt() {
    return heardAt;
  }

  void heard(long at) {
    heardAt = at;
  }

  /** Names of market streams, and listen keys. */
  Set<String> streams() {
    return streams;
  }

  /** Keys of accounts whose events it gets, wherever it learned of them. */
  Set<String> accounts() {
    return accounts;
  }

  boolean has(String stream) {
    return streams.contains(stream);
  }

  /** Sends an event of a stream. */
  void send(String stream, JsonNode event) {
    if (combined) {
      ObjectNode wrapped = JsonBody.object().put("stream", stream);
      wrapped.set("data", event);
      send(wrapped);
    } else {
      send(event);
    }
  }

  void send(JsonNode message) {
    if (socket.isClosed()) {
      return;
    }
    if (socket.writeQueueFull()) {
      close(TOO_SLOW);
    } else {
      var unused = socket.writeTextMessage(message.toString());
    }
  }

  void away() {
    close(GOING_AWAY);
  }

  private void close(short code) {
    if (!socket.isClosed()) {
      var unused = socket.close(code);
    }
  }
}
