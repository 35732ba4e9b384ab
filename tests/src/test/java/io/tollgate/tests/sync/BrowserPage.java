package io.tollgate.tests.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tollgate.tests.installation.Folders;
import io.tollgate.tests.installation.Program;
import io.tollgate.tests.installation.TestBrowser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A page of another origin in a real browser, which tells what it sees. */
final class BrowserPage implements AutoCloseable {
  private final HttpServer server;
  private final Path profile;
  private final Process process;
  private final List<Long> seen = new CopyOnWriteArrayList<>();
  private volatile boolean ready;

  private BrowserPage(Path browser, URI base, String user, String token, long from)
      throws IOException {
    byte[] page = Files.readAllBytes(Program.projectRoot().resolve("tests/sdk/sync/dropping.html"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, page));
    server.createContext(
        "/ready",
        exchange -> {
          ready = true;
          answer(exchange, new byte[0]);
        });
    server.createContext(
        "/seen",
        exchange -> {
          seen.add(Long.valueOf(new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
          answer(exchange, new byte[0]);
        });
    server.start();
    profile = Files.createTempDirectory("browser");
    process =
        new ProcessBuilder(
                browser.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--user-data-dir=" + profile,
                "http://127.0.0.1:%d/?base=%s&user=%s&token=%s&from=%d"
                    .formatted(
                        server.getAddress().getPort(),
                        encoded(base.toString()),
                        encoded(user),
                        encoded(token),
                        from))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  /** Opens it; the test that runs is skipped where there is no browser. */
  static BrowserPage open(URI base, String user, String token, long from) throws IOException {
    return new BrowserPage(TestBrowser.path(), base, user, token, from);
  }

  /** Whether it follows. */
  boolean isReady() {
    return ready;
  }

  /** Versions of the changes of the balance that it has seen, in its order. */
  List<Long> seen() {
    return seen;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static void answer(HttpExchange exchange, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    var _ = process.onExit().join();
    server.stop(0);
    Folders.delete(profile);
  }
}
