package io.tollgate.billing.internal.recharge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tollgate.billing.RechargeCallback;
import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.RechargeRequest;
import io.tollgate.ground.Refusal;
import io.tollgate.web.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whoever made an order is called when it has moved on. */
@Tag("slow")
class OrderCallsTest {
  private record Told(String time, String signature, byte[] body) {
    JsonNode json() {
      return Json.MAPPER.readTree(body);
    }
  }

  private final RechargeSite house = new RechargeSite();
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger failing = new AtomicInteger();
  private final HttpServer listener = listen();

  @AfterEach
  void close() {
    listener.stop(0);
    house.close();
  }

  @Test
  void each_change_is_told_once_signed_with_the_tenants_secret() {
    RechargeWing wing = house.wing();
    RechargeOrder order = order(wing, url("/told?a=b"));
    run(wing);
    assertThat(told).as("a new one has not changed").isEmpty();
    callback(wing, order, "one");
    callback(wing, order, "one");
    run(wing);
    run(wing);
    assertThat(told).hasSize(1);
    Told first = told.getFirst();
    assertThat(first.json().required("order_id").asString()).isEqualTo(order.orderId());
    assertThat(first.json().required("status").asString()).isEqualTo("success");
    assertThat(first.json().required("amount").decimalValue()).isEqualByComparingTo("3.5");
    String secret =
        house
            .site
            .write(tx -> house.site.identity().tenants().merchantKeys(tx, house.tenantId()))
            .orElseThrow()
            .appSecret();
    assertThat(first.signature()).isEqualTo(CallSignature.of(secret, first.time(), first.body()));
  }

  @Test
  void what_is_not_taken_is_told_again_with_longer_pauses_and_then_somebody_looks() {
    RechargeWing wing = house.wing();
    failing.set(Integer.MAX_VALUE);
    RechargeOrder order = order(wing, url("/told"));
    callback(wing, order, "one");
    run(wing);
    run(wing);
    assertThat(told).as("not before a pause").hasSize(1);
    house.clock.advance(Duration.ofSeconds(11));
    run(wing);
    house.clock.advance(Duration.ofSeconds(11));
    run(wing);
    assertThat(told).as("a longer one").hasSize(2);
    house.clock.advance(Duration.ofSeconds(10));
    run(wing);
    assertThat(told).hasSize(3);
    assertThat(house.cases(wing)).containsExactly("not_told");
    house.clock.advance(Duration.ofHours(3));
    run(wing);
    assertThat(told).as("given up").hasSize(3);
  }

  @Test
  void what_is_taken_at_the_second_time_is_not_told_a_third() {
    RechargeWing wing = house.wing();
    failing.set(1);
    callback(wing, order(wing, url("/told")), "one");
    run(wing);
    house.clock.advance(Duration.ofSeconds(11));
    run(wing);
    house.clock.advance(Duration.ofHours(2));
    run(wing);
    assertThat(told).hasSize(2);
    assertThat(told.get(0).json().required("id")).isEqualTo(told.get(1).json().required("id"));
    assertThat(house.cases(wing)).isEmpty();
  }

  @Test
  void a_private_address_is_not_called_unless_a_setting_allows_it() {
    house.privateCalls = false;
    RechargeWing wing = house.wing();
    callback(wing, order(wing, url("/told")), "one");
    run(wing);
    assertThat(told).isEmpty();
    assertThat(
            house.site.<String>write(
                tx ->
                    tx.sql()
                        .fetchSingle("SELECT detail FROM billing.recharge_call")
                        .get(0, String.class)))
        .isEqualTo("stands in a private network");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://a.example/", "x", "http:///a", "https://a b/", ""})
  void an_address_that_is_none_is_refused_when_the_order_is_made(String url) {
    RechargeWing wing = house.wing();
    assertThatThrownBy(() -> order(wing, url))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("notify_url");
  }

  @Test
  void a_server_that_says_nothing_or_nonsense_holds_nobody_up() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      PinnedCall call = new PinnedCall(true, Duration.ofMillis(300));
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
      assertThat(call.post(url, Map.of(), new byte[10]).detail())
          .isEqualTo("did not answer in time");
      Thread talking =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      // the one before waits too
                      silent.accept().close();
                      try (var socket = silent.accept()) {
                        socket.getOutputStream().write("SSH-2.0\r\n".getBytes("US-ASCII"));
                        socket.getOutputStream().flush();
                        // to the end: closed with something unread, the connection is reset
                        byte[] _ = socket.getInputStream().readAllBytes();
                      }
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  });
      assertThat(
              new PinnedCall(true, Duration.ofSeconds(5))
                  .post(url, Map.of(), new byte[10])
                  .detail())
          .isEqualTo("did not answer with HTTP");
      talking.join();
    }
    PinnedCall call = new PinnedCall(true, Duration.ofSeconds(2));
    assertThat(call.post(URI.create("http://127.0.0.1:1/"), Map.of(), new byte[0]).detail())
        .isEqualTo("cannot be reached");
    assertThat(
            call.post(
                    URI.create("https://127.0.0.1:" + listener.getAddress().getPort() + "/told"),
                    Map.of(),
                    new byte[0])
                .status())
        .as("no TLS there")
        .isZero();
  }

  private RechargeOrder order(RechargeWing wing, String url) {
    RechargeRequest plain =
        RechargeRequest.of(house.tenantId(), "called", new BigDecimal("3.5"), "sandbox");
    return wing.orders()
        .create(
            new RechargeRequest(
                plain.tenant(),
                plain.externalId(),
                plain.amount(),
                plain.method(),
                plain.currency(),
                plain.orderId(),
                plain.idempotencyKey(),
                plain.subject(),
                plain.returnUrl(),
                Optional.of(url),
                plain.clientIp(),
                plain.plan()));
  }

  private void callback(RechargeWing wing, RechargeOrder order, String payment) {
    RechargeOrder _ =
        wing.orders()
            .callback(
                new RechargeCallback(
                    house.tenantId(), order.orderId(), payment, new BigDecimal("3.5"), true));
  }

  private static void run(RechargeWing wing) {
    RechargeSite.run(wing, "recharge_calls");
  }

  private String url(String path) {
    return "http://127.0.0.1:" + listener.getAddress().getPort() + path;
  }

  private HttpServer listen() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/told",
          exchange -> {
            told.add(
                new Told(
                    exchange.getRequestHeaders().getFirst("X-Tollgate-Timestamp"),
                    exchange.getRequestHeaders().getFirst("X-Tollgate-Signature"),
                    exchange.getRequestBody().readAllBytes()));
            boolean good = failing.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
            byte[] answer = "thanks".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(good ? 200 : 503, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
