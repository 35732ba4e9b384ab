package io.tollgate.trading.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A centre that is there, is not, and is again. */
class HeartbeatTest {
  @TempDir private Path folder;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final AtomicInteger status = new AtomicInteger(200);
  private HttpServer center;

  @BeforeEach
  void open() throws IOException {
    center = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    center.createContext(
        "/",
        exchange -> {
          heard.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Center-Token"));
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    center.start();
  }

  @AfterEach
  void close() {
    center.stop(0);
  }

  private HeartbeatConfig beats() {
    return new HeartbeatConfig(
        URI.create("http://127.0.0.1:" + center.getAddress().getPort()),
        "tokyo-1",
        Duration.ofMillis(50),
        Optional.empty());
  }

  @Test
  void the_centre_hears_from_a_node_at_once_and_again_whatever_it_answers() throws Exception {
    NodeConfig config =
        NodeSite.with(
            NodeSite.config("http://127.0.0.1:1"),
            List.of(),
            Optional.empty(),
            Optional.of(beats()));
    try (ExecutionNode node = NodeSite.start(config, folder)) {
      String expected = "POST /api/nodes/tokyo-1/heartbeat " + NodeCaller.SECRET;
      assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(expected);
      status.set(404);
      heard.clear();
      assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(expected);
      assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(expected);
      assertThat(new NodeCaller(node.port()).get("/health").body())
          .contains("\"heartbeat_enabled\":true")
          .contains("\"center_url\":\"" + beats().center() + "\"")
          .contains("\"node_code\":\"tokyo-1\"");
    }
  }
}
