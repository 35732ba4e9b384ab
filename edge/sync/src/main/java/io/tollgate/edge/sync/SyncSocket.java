package io.tollgate.edge.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.OutboxEvent;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.web.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client of a WebSocket. Confined to its event loop. */
final class SyncSocket implements SyncClient {
  private static final List<String> CHANNELS = List.of("billing", "notifications");
  private static final int CHANNELS_MAX = 16;

  private final SyncHub hub;
  private final ServerWebSocket socket;
  private final SyncUser user;
  private final String device;
  private final SyncLoop loop;
  private final InstantSource clock;
  private volatile Set<String> channels = Set.copyOf(CHANNELS);
  private long heardNanos = System.nanoTime();
  private @Nullable SyncConnection connection;

  SyncSocket(
      SyncHub hub,
      ServerWebSocket socket,
      SyncUser user,
      String device,
      SyncLoop loop,
      InstantSource clock) {
    this.hub = requireNonNull(hub, "hub is null");
    this.socket = requireNonNull(socket, "socket is null");
    this.user = requireNonNull(user, "user is null");
    this.device = requireNonNull(device, "device is null");
    this.loop = requireNonNull(loop, "loop is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  UserId user() {
    return user.user();
  }

  String device() {
    return device;
  }

  Set<String> channels() {
    return channels;
  }

  /** Begins to listen to the client. */
  void open(SyncConnection ofClient) {
    connection = ofClient;
    hub.devices().known(this, ofClient.since());
    socket.setWriteQueueMaxSize(loop.config().queueBytes());
    socket.closeHandler(_ -> gone(ofClient));
    socket.exceptionHandler(_ -> gone(ofClient));
    socket.drainHandler(_ -> drained());
    socket.shutdownHandler(
        _ -> {
          if (socket.closeStatusCode() == null) {
            ofClient.end(SyncEnd.STOPPING);
          }
        });
    socket.pongHandler(_ -> heardNanos = System.nanoTime());
    socket.textMessageHandler(this::message);
    socket.binaryMessageHandler(_ -> error("BAD_MESSAGE"));
  }

  /** From any thread: an administrator wants it gone. */
  void disconnect() {
    loop.context()
        .runOnContext(
            _ -> {
              if (connection != null) {
                connection.end(SyncEnd.DISCONNECTED);
              }
            });
  }

  private void gone(SyncConnection ofClient) {
    hub.devices().unknown(this);
    var unused = ofClient.gone();
  }

  private void drained() {
    socket.resume();
    if (connection != null) {
      connection.drained();
    }
  }

  private void message(String text) {
    heardNanos = System.nanoTime();
    if (full()) {
      // who asks and does not read the answers waits
      socket.pause();
    }
    JsonNode message;
    try {
      message = Json.read(text.getBytes(UTF_8));
    } catch (Refusal refusal) {
      error("BAD_MESSAGE");
      return;
    }
    switch (message.path("type").asString("")) {
      case "ping" -> send(Map.of("type", "pong", "timestamp", clock.instant()));
      case "sync_request" -> snapshot();
      case "subscribe" -> subscribe(message.path("data").path("channels"));
      default -> error("BAD_MESSAGE");
    }
  }

  private void snapshot() {
    loop.read(
        () -> loop.reads().snapshot(user),
        snapshot -> send(message("sync", snapshot)),
        _ -> error("UNAVAILABLE"));
  }

  private void subscribe(JsonNode wanted) {
    if (!wanted.isArray() || wanted.size() > CHANNELS_MAX) {
      error("BAD_MESSAGE");
      return;
    }
    Set<String> asked = new LinkedHashSet<>();
    for (JsonNode channel : wanted) {
      if (!channel.isString() || !CHANNELS.contains(channel.stringValue())) {
        error("UNKNOWN_CHANNEL");
        return;
      }
      asked.add(channel.stringValue());
    }
    channels = Set.copyOf(asked);
    hub.devices().changed(this);
    send(message("subscribed", Map.of("channels", List.copyOf(asked))));
  }

  @Override
  public String transport() {
    return SyncMeters.WEBSOCKET;
  }

  /** Who asks for the numbers gets them; events say from which version on they go. */
  @Override
  public void sync(UserNumbers numbers, long version) {
    loop.learn(user, numbers);
  }

  @Override
  public void event(SyncEvent event) {
    String channel = event.isOf(OutboxEvent.NOTIFICATIONS) ? "notifications" : "billing";
    if (channels.contains(channel)) {
      loop.meters().sentTo(SyncMeters.WEBSOCKET);
      write(
          "{\"type\":\"nats\",\"user_id\":\""
              + user.externalId()
              + "\",\"timestamp\":\""
              + event.at()
              + "\",\"data\":"
              + event.whole(user.externalId())
              + "}");
    }
  }

  @Override
  public void heartbeat(UserNumbers numbers) {
    if (System.nanoTime() - heardNanos > loop.config().silence().toNanos()) {
      if (connection != null) {
        connection.end(SyncEnd.SILENT);
      }
    } else if (!socket.isClosed() && !full()) {
      var unused = socket.writePing(Buffer.buffer());
    }
  }

  @Override
  public boolean full() {
    return socket.writeQueueFull();
  }

  @Override
  public void end(SyncEnd why) {
    hub.devices().unknown(this);
    if (!socket.isClosed()) {
      socket.shutdownHandler(null);
      var unused = socket.close(why.code(), why.reason());
    }
  }

  private void error(String code) {
    send(message("error", Map.of("code", code)));
  }

  private Map<String, Object> message(String type, Object data) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("type", type);
    message.put("user_id", user.externalId());
    message.put("device_id", device);
    message.put("timestamp", clock.instant());
    message.put("data", data);
    return message;
  }

  private void send(Map<String, Object> message) {
    write(new String(Json.write(message), UTF_8));
  }

  private void write(String text) {
    if (!socket.isClosed()) {
      var unused = socket.writeTextMessage(text);
    }
  }
}
