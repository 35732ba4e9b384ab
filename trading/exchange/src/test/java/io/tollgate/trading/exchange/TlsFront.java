package io.tollgate.trading.exchange;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** TLS before a stand-in that speaks without it. */
final class TlsFront {
  private static final String PASSWORD = "changeit";

  private final NetServer server;
  private final AtomicInteger connections = new AtomicInteger();

  TlsFront(Vertx vertx, Path keys, int targetPort) {
    NetClient client = vertx.createNetClient();
    this.server =
        vertx
            .createNetServer(
                new NetServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PfxOptions().setPath(keys.toString()).setPassword(PASSWORD)))
            .connectHandler(
                caller -> {
                  connections.incrementAndGet();
                  caller.pause();
                  client
                      .connect(targetPort, "127.0.0.1")
                      .onFailure(_ -> caller.close())
                      .onSuccess(
                          target -> {
                            target.pipeTo(caller);
                            caller.pipeTo(target);
                          });
                });
    server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
  }

  int port() {
    return server.actualPort();
  }

  int connections() {
    return connections.get();
  }

  /** A key and its certificate for this machine, made by the runtime's own tool. */
  static Path keys(Path folder) throws IOException, InterruptedException {
    Path keys = folder.resolve("keys.p12");
    Process made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "front",
                "-keyalg",
                "EC",
                "-dname",
                "CN=front",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!made.waitFor(60, TimeUnit.SECONDS) || made.exitValue() != 0) {
      throw new IllegalStateException("keytool made no keys");
    }
    return keys;
  }
}
