package io.tollgate.trading.exchange;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A proxy that tunnels for whoever has its name and password, and does nothing else. */
final class ConnectProxy {
  private static final Pattern HEAD =
      Pattern.compile("CONNECT ([^: ]+):(\\d+) HTTP/1\\.1\r\n(.*)", Pattern.DOTALL);

  private final NetClient client;
  private final NetServer server;
  private final String credentials;
  private final List<String> tunnels = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();

  ConnectProxy(Vertx vertx, String name, String password) {
    this.client = vertx.createNetClient();
    this.credentials =
        Base64.getEncoder()
            .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    this.server = vertx.createNetServer().connectHandler(this::accept);
    server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
  }

  int port() {
    return server.actualPort();
  }

  /** Where it tunnelled to, each time. */
  List<String> tunnels() {
    return List.copyOf(tunnels);
  }

  /** What it refused. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  private void accept(NetSocket caller) {
    Buffer head = Buffer.buffer();
    caller.handler(
        part -> {
          head.appendBuffer(part);
          String text = head.toString();
          if (text.endsWith("\r\n\r\n")) {
            caller.handler(null);
            caller.pause();
            answer(caller, text);
          }
        });
  }

  private void answer(NetSocket caller, String head) {
    Matcher asked = HEAD.matcher(head);
    if (!asked.matches() || !asked.group(3).contains("Basic " + credentials)) {
      refused.add(head.lines().findFirst().orElse(""));
      caller.resume();
      caller.end(Buffer.buffer("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"));
      return;
    }
    client
        .connect(Integer.parseInt(asked.group(2)), asked.group(1))
        .onFailure(_ -> caller.close())
        .onSuccess(
            target -> {
              tunnels.add(asked.group(1) + ":" + asked.group(2));
              caller.write(Buffer.buffer("HTTP/1.1 200 Connection established\r\n\r\n"));
              target.pipeTo(caller);
              caller.pipeTo(target);
            });
  }
}
