package io.tollgate.tests.relay;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Client;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A caller of a realtime session. Reads as fast as it can, unless it is told to wait. */
public final class RealtimeCaller implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** How a WebSocket was closed. */
  record Closed(int code, String reason) {}

  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  private final CompletableFuture<Closed> closed = new CompletableFuture<>();
  private final StringBuilder message = new StringBuilder();
  private final WebSocket socket;
  private volatile boolean slow;

  private RealtimeCaller(URI uri, List<String> headers, List<String> subprotocols) {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
    for (int i = 0; i < headers.size(); i += 2) {
      builder.header(headers.get(i), headers.get(i + 1));
    }
    if (!subprotocols.isEmpty()) {
      builder.subprotocols(
          subprotocols.getFirst(),
          subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
    }
    socket = builder.buildAsync(uri, this).join();
  }

  /** Opens a session; headers are name, value, name, value, … */
  public static RealtimeCaller open(URI publicUrl, String pathAndQuery, String... headers) {
    return new RealtimeCaller(socketUrl(publicUrl, pathAndQuery), List.of(headers), List.of());
  }

  static RealtimeCaller openOffering(
      URI publicUrl, String pathAndQuery, List<String> subprotocols, String... headers) {
    return new RealtimeCaller(socketUrl(publicUrl, pathAndQuery), List.of(headers), subprotocols);
  }

  private static URI socketUrl(URI publicUrl, String pathAndQuery) {
    return URI.create(publicUrl.resolve(pathAndQuery).toString().replaceFirst("^http", "ws"));
  }

  String subprotocol() {
    return socket.getSubprotocol();
  }

  void say(String event) {
    var unused = socket.sendText(event, true).join();
  }

  /** Says it, unless the other side has closed meanwhile. */
  void trySay(String event) {
    var unused = socket.sendText(event, true).exceptionally(_ -> socket).join();
  }

  /** Says it in pieces of so many characters, each a frame. */
  void sayInPieces(String event, int characters) {
    for (int from = 0; from < event.length(); from += characters) {
      int to = Math.min(event.length(), from + characters);
      var unused = socket.sendText(event.substring(from, to), to == event.length()).join();
    }
  }

  void sayBytes(byte[] bytes) {
    var unused = socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  /** Reads nothing from now on. */
  void stopReading() {
    slow = true;
  }

  void goOnReading() {
    slow = false;
    socket.request(1);
  }

  /** The next event. */
  JsonNode next() {
    try {
      return requireNonNull(events.poll(20, TimeUnit.SECONDS), "no event within 20 s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All events up to the first of a type. */
  public List<JsonNode> until(String type) {
    List<JsonNode> seen = new ArrayList<>();
    while (true) {
      JsonNode event = next();
      seen.add(event);
      if (event.path("type").asString().equals(type)) {
        return seen;
      }
      if (event.path("type").asString().equals("error")) {
        throw new AssertionError("an error came instead of " + type + ": " + event);
      }
    }
  }

  /** The next error. */
  JsonNode error() {
    while (true) {
      JsonNode event = next();
      if (event.path("type").asString().equals("error")) {
        return event.path("error");
      }
    }
  }

  /** A response that was asked for, from its beginning to its end. */
  public JsonNode response(String create) {
    say(create);
    return until("response.done").getLast().path("response");
  }

  Closed closed() {
    try {
      return closed.get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the session was not closed; events left: " + events, e);
    }
  }

  /** Goes without a word. */
  void abort() {
    socket.abort();
  }

  @Override
  public void onOpen(WebSocket opened) {
    opened.request(1);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    message.append(data);
    if (last) {
      events.add(Client.JSON.readTree(message.toString()));
      message.setLength(0);
    }
    if (!slow) {
      from.request(1);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(new Closed(code, reason));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.complete(new Closed(1006, String.valueOf(error)));
  }

  @Override
  public void close() {
    if (!closed.isDone()) {
      var unused = socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
      assertThat(closed()).isNotNull();
    }
  }
}
