package io.tollgate.trading.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.tollgate.sandbox.ExchangeStandIn;
import io.vertx.core.Vertx;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Secrets are looked for where they must not be. */
final class SecretsTest {
  private static final Symbol BTC = Symbol.of("BTC/USDT");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Exchange.class,
      names = {"BINANCE", "OKX", "GATE"})
  void no_outcome_and_no_text_form_holds_a_key_a_secret_or_a_signature(Exchange exchange) {
    char[] secret = made(40);
    char[] apiKey = made(40);
    char[] phrase = made(12);
    List<String> said = new ArrayList<>();
    Vertx vertx = Vertx.vertx();
    // one address answers nothing that can be read, at the other nobody listens
    var server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> request.response().setStatusCode(400).end(request.uri() + "{"))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    for (String url : List.of("http://127.0.0.1:" + server.actualPort(), "http://127.0.0.1:1")) {
      try (Exchanges exchanges =
              new Exchanges(
                  vertx,
                  ExchangeAddresses.allAt(URI.create(url)),
                  new ExchangeTimes(Duration.ofSeconds(2), Duration.ofSeconds(5)),
                  WayOut.DIRECT,
                  InstantSource.system());
          TradingKey key = TradingKey.of(apiKey, secret, Optional.of(phrase));
          TradingAccount account = exchanges.account(exchange, MarketType.SPOT, "account 7", key)) {
        said.add(key + " " + account + " " + account.orders());
        said.add(account.balances().toString());
        said.add(account.orders().find(BTC, ClientOrderId.ofTask("1")).toString());
        said.add(account.orders().open(BTC).toString());
        said.add(
            account
                .orders()
                .place(
                    OrderRequest.market(
                        ClientOrderId.ofTask("1"),
                        BTC,
                        Side.SELL,
                        BigDecimal.ONE,
                        PositionSide.NONE),
                    account.orders().exchangeTime().plusSeconds(5))
                .toString());
      }
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
    assertThat(said)
        .allSatisfy(
            text ->
                assertThat(text)
                    .doesNotContain(new String(secret))
                    .doesNotContain(new String(apiKey))
                    .doesNotContain(new String(phrase))
                    .doesNotContain("signature="));
  }

  @Test
  @Tag("slow")
  void nothing_of_a_secret_is_left_in_memory_once_its_account_is_closed() throws IOException {
    try (ExchangeSite site = ExchangeSite.standIn(ExchangeStandIn.okx(0));
        Exchanges exchanges = site.process("127.0.0.1", ExchangeTimes.USUAL)) {
      char[] secret = made(48);
      try (TradingAccount account =
          exchanges.account(
              Exchange.BINANCE,
              MarketType.SPOT,
              "account 7",
              TradingKey.of("a-known-key".toCharArray(), secret, Optional.empty()))) {
        for (int i = 0; i < 20; i++) {
          account.balances();
        }
      }
      byte[] flipped = flipped(secret);
      Arrays.fill(secret, ' ');
      Path dump = folder.resolve("heap.hprof");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpHeap(dump.toString(), true);
      assertThat(holds(dump, flipped)).as("the secret, in %s", dump).isFalse();
      // and what is in memory would have been found
      byte[] kept = "this is kept in memory".getBytes(StandardCharsets.US_ASCII);
      Path second = folder.resolve("second.hprof");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpHeap(second.toString(), true);
      assertThat(holds(second, flipped("this is kept in memory".toCharArray()))).isTrue();
      assertThat(kept).isNotEmpty();
    }
  }

  private static char[] made(int length) {
    Random random = new Random();
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) ('a' + random.nextInt(26));
    }
    return text;
  }

  /** Not the text itself, which would be found. */
  private static byte[] flipped(char[] text) {
    byte[] bytes = new byte[text.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (text[i] ^ 0x55);
    }
    return bytes;
  }

  private static boolean holds(Path file, byte[] flipped) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
      int matched = 0;
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        if ((octet ^ 0x55) == (flipped[matched] & 0xff)) {
          matched++;
          if (matched == flipped.length) {
            return true;
          }
        } else {
          matched = (octet ^ 0x55) == (flipped[0] & 0xff) ? 1 : 0;
        }
      }
      return false;
    }
  }
}
