package io.tollgate.sandbox.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class StreamsTest {
  @RegisterExtension static final ExchangeSite SITE = new ExchangeSite();

  private ExchangeClient account = SITE.account();

  @BeforeEach
  void open() {
    account = SITE.account();
    account.steer("price", "{\"symbol\":\"BTCUSDT\",\"price\":50000}");
  }

  @Test
  void a_market_stream_tells_the_price_when_it_changes() throws Exception {
    try (Heard heard = Heard.on("/ws/btcusdt@bookTicker")) {
      assertThat(heard.next(event -> event.has("b")).path("b").stringValue())
          .isEqualTo("50000.00000000");
      account.steer("price", "{\"symbol\":\"BTCUSDT\",\"price\":50100}");
      assertThat(heard.next(event -> event.has("b")).path("b").stringValue())
          .isEqualTo("50100.00000000");
    }
  }

  @Test
  void combined_streams_name_their_stream_and_more_can_be_subscribed() throws Exception {
    try (Heard heard = Heard.on("/market/stream?streams=btcusdt@kline_1m/ethusdt@aggTrade")) {
      JsonNode kline = heard.next(event -> event.path("stream").asString("").contains("kline"));
      assertThat(kline.path("data").path("k").path("c").stringValue()).isEqualTo("50000.0");
      heard.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@markPrice@1s\"],\"id\":7}");
      assertThat(heard.next(event -> event.path("id").asInt(0) == 7).path("result").isNull())
          .isTrue();
      heard.next(event -> event.path("data").path("e").asString("").equals("markPriceUpdate"));
      heard.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":8}");
      assertThat(heard.next(event -> event.path("id").asInt(0) == 8).path("result")).hasSize(3);
      heard.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"nothing\"],\"id\":9}");
      heard.next(event -> event.has("error"));
      heard.send("nonsense");
      heard.next(event -> event.has("error"));
    }
  }

  @Test
  void a_candle_is_told_as_closed_once() throws Exception {
    try (Heard heard = Heard.on("/public/ws/btcusdt@kline_1m")) {
      heard.next(event -> event.has("k"));
      long now = account.get("/sandbox/exchange/clock").path("now").longValue();
      account.steer("clock", "{\"now\":" + (now + 180_000) + "}");
      for (int i = 0; i < 3; i++) {
        long start = (now / 60_000 + i) * 60_000;
        heard.next(
            event ->
                event.path("k").path("x").asBoolean(false)
                    && event.path("k").path("t").longValue() == start);
      }
    }
  }

  @Test
  void a_futures_account_hears_of_its_orders_and_positions() throws Exception {
    String key = listenKey();
    try (Heard heard = Heard.on("/private/ws?listenKey=" + key);
        Heard older = Heard.on("/ws/" + key)) {
      account.call(
          "POST",
          "/fapi/v1/order",
          "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.1&newClientOrderId=heard");
      JsonNode update = heard.next(event -> is(event, "ACCOUNT_UPDATE"));
      assertThat(update.path("a").path("P").path(0).path("pa").stringValue()).isEqualTo("0.1");
      JsonNode fresh = heard.next(event -> is(event, "ORDER_TRADE_UPDATE"));
      assertThat(fresh.path("o").path("x").stringValue()).isEqualTo("NEW");
      JsonNode trade = heard.next(event -> is(event, "ORDER_TRADE_UPDATE"));
      assertThat(trade.path("o").path("X").stringValue()).isEqualTo("FILLED");
      assertThat(trade.path("o").path("c").stringValue()).isEqualTo("heard");
      assertThat(trade.path("o").path("n").stringValue()).isEqualTo("2.00000400");
      older.next(event -> is(event, "ORDER_TRADE_UPDATE"));
    }
  }

  @Test
  void a_resting_order_that_is_touched_is_told() throws Exception {
    try (Heard heard = Heard.on("/private/ws?listenKey=" + listenKey())) {
      account.call(
          "POST",
          "/fapi/v1/order",
          "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.1&price=49000");
      account.steer("price", "{\"symbol\":\"BTCUSDT\",\"price\":48000}");
      JsonNode filled =
          heard.next(event -> event.path("o").path("X").asString("").equals("FILLED"));
      assertThat(filled.path("o").path("m").booleanValue()).isTrue();
      assertThat(filled.path("o").path("L").stringValue()).isEqualTo("49000");
    }
  }

  @Test
  void a_spot_account_subscribes_with_its_signature() throws Exception {
    try (Heard heard = Heard.on("/ws-api/v3")) {
      String signed = "apiKey=" + account.apiKey() + "&timestamp=" + System.currentTimeMillis();
      heard.send(subscription(signed, "0".repeat(64)));
      assertThat(heard.next(event -> event.has("error")).path("error").path("code").intValue())
          .isEqualTo(-1022);
      heard.send(subscription(signed, account.sign(signed)));
      assertThat(heard.next(event -> event.has("id")).path("status").intValue()).isEqualTo(200);
      account.call("POST", "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.1");
      JsonNode report =
          heard.next(event -> event.path("event").path("X").asString("").equals("FILLED"));
      assertThat(report.path("event").path("e").stringValue()).isEqualTo("executionReport");
      assertThat(report.path("event").path("n").stringValue()).isEqualTo("0.00010000");
      heard.next(event -> is(event.path("event"), "outboundAccountPosition"));
    }
  }

  @Test
  void sockets_are_dropped_and_refused_for_a_while() throws Exception {
    String key = listenKey();
    try (Heard heard = Heard.on("/private/ws?listenKey=" + key)) {
      account.call("GET", "/fapi/v3/balance", "", "X-Sandbox-Exchange", "drop_ws; ms=300");
      heard.closed();
      assertThatThrownBy(() -> Heard.on("/private/ws?listenKey=" + key))
          .isInstanceOf(CompletionException.class);
      await().ignoreExceptions().until(() -> Heard.on("/private/ws?listenKey=" + key).quit());
    }
  }

  @Test
  void a_listen_key_is_the_accounts_own_until_it_is_taken_away() {
    String key = listenKey();
    assertThat(listenKey()).isEqualTo(key);
    account.call("PUT", "/fapi/v1/listenKey", "");
    account.call("DELETE", "/fapi/v1/listenKey", "");
    assertThat(account.code("PUT", "/fapi/v1/listenKey", "")).isEqualTo(-1125);
    assertThat(listenKey()).isNotEqualTo(key);
  }

  private String listenKey() {
    return account.call("POST", "/fapi/v1/listenKey", "").path("listenKey").stringValue();
  }

  private static boolean is(JsonNode event, String name) {
    return event.path("e").asString("").equals(name);
  }

  private String subscription(String signed, String signature) {
    return "{\"id\":\"s\",\"method\":\"userDataStream.subscribe.signature\",\"params\":{\"apiKey\":\""
        + account.apiKey()
        + "\",\"timestamp\":"
        + signed.substring(signed.lastIndexOf('=') + 1)
        + ",\"signature\":\""
        + signature
        + "\"}}";
  }

  /** What comes over one socket. */
  private static final class Heard implements WebSocket.Listener, AutoCloseable {
    private static final String CLOSED = "{\"closed\":true}";

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private @Nullable WebSocket socket;

    static Heard on(String path) {
      Heard heard = new Heard();
      heard.socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(URI.create(SITE.url().replace("http:", "ws:") + path), heard)
              .join();
      return heard;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        messages.add(part.toString());
        part.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      messages.add(CLOSED);
      return null;
    }

    void send(String text) {
      if (socket != null) {
        socket.sendText(text, true).join();
      }
    }

    JsonNode next(Predicate<JsonNode> fits) throws InterruptedException {
      while (true) {
        String text = messages.poll(10, TimeUnit.SECONDS);
        assertThat(text).as("an event within ten seconds").isNotNull();
        JsonNode event = ExchangeClient.JSON.readTree(text);
        if (fits.test(event)) {
          return event;
        }
      }
    }

    void closed() throws InterruptedException {
      next(event -> event.has("closed"));
    }

    boolean quit() {
      close();
      return true;
    }

    @Override
    public void close() {
      if (socket != null) {
        socket.abort();
      }
    }
  }
}
