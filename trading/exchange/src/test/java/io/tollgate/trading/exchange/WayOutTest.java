package io.tollgate.trading.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.trading.exchange.Outcome.Accepted;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Exchanges count by the address that calls: it has to be the one that was chosen. */
final class WayOutTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<String> callers = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void calls_come_from_the_address_that_was_chosen() {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  callers.add(request.remoteAddress().hostAddress());
                  request.response().end("{\"serverTime\":1}");
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    for (String address : List.of("127.3.2.1", "127.3.2.2")) {
      try (Exchanges process =
          new Exchanges(
              vertx,
              ExchangeAddresses.allAt(URI.create("http://127.0.0.1:" + server.actualPort())),
              ExchangeTimes.USUAL,
              new WayOut(Optional.of(address), Optional.empty()),
              InstantSource.system())) {
        assertThat(process.market(Exchange.BINANCE, MarketType.FUTURE).time())
            .isInstanceOf(Accepted.class);
      }
    }
    assertThat(callers).containsExactly("127.3.2.1", "127.3.2.2");
  }
}
