package io.tollgate.trading.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.ExchangeStandIn;
import io.tollgate.trading.exchange.AccountEvent.Gap;
import io.tollgate.trading.exchange.AccountEvent.OrderChanged;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.vertx.core.Vertx;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything goes through a proxy that tunnels, calls and streams, or nothing is sent. */
@Tag("slow")
final class ProxyTest {
  private static final String TRUSTED = "javax.net.ssl.trustStore";
  private static final String TRUSTED_PASSWORD = "javax.net.ssl.trustStorePassword";

  @TempDir private Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final ExchangeSite site = ExchangeSite.standIn(ExchangeStandIn.okx(0));
  private final ConnectProxy proxy = new ConnectProxy(vertx, "tollgate", "a password");

  private TlsFront front;

  @BeforeEach
  void start() throws Exception {
    Path keys = TlsFront.keys(folder);
    front = new TlsFront(vertx, keys, URI.create(site.url()).getPort());
    System.setProperty(TRUSTED, keys.toString());
    System.setProperty(TRUSTED_PASSWORD, "changeit");
  }

  @AfterEach
  void stop() {
    System.clearProperty(TRUSTED);
    System.clearProperty(TRUSTED_PASSWORD);
    site.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void calls_and_streams_go_through_it() throws InterruptedException {
    ToldEvents told = new ToldEvents();
    try (Exchanges process = process("a password");
        TradingAccount account = account(process);
        EventStream _ = account.events(told)) {
      assertThat(told.first()).isInstanceOf(Gap.class);
      assertThat(account.balances()).isInstanceOf(Accepted.class);
      ClientOrderId id = ClientOrderId.ofTask("through a proxy");
      assertThat(account.orders().place(order(id), soon(account))).isInstanceOf(Accepted.class);
      told.next(OrderChanged.class, event -> event.order().is(id));
    }
    assertThat(proxy.tunnels()).isNotEmpty().containsOnly("127.0.0.1:" + front.port());
    assertThat(front.connections()).isEqualTo(proxy.tunnels().size());
  }

  @Test
  void one_that_refuses_us_lets_nothing_be_sent() {
    try (Exchanges process = process("another password");
        TradingAccount account = account(process)) {
      ClientOrderId id = ClientOrderId.ofTask("not through a proxy");
      assertThat(account.orders().place(order(id), soon(account)))
          .isInstanceOf(Outcome.SurelyNotDone.class);
    }
    assertThat(proxy.refused()).isNotEmpty().allMatch(head -> head.startsWith("CONNECT "));
    assertThat(front.connections()).isZero();
  }

  private Exchanges process(String password) {
    return new Exchanges(
        vertx,
        ExchangeAddresses.allAt(URI.create("https://127.0.0.1:" + front.port())),
        ExchangeTimes.USUAL,
        new WayOut(
            Optional.empty(),
            Optional.of(
                new ProxyOptions()
                    .setType(ProxyType.HTTP)
                    .setHost("127.0.0.1")
                    .setPort(proxy.port())
                    .setUsername("tollgate")
                    .setPassword(password))),
        InstantSource.system());
  }

  private TradingAccount account(Exchanges process) {
    ExchangeSite.Keys keys = site.accounts(1).getFirst();
    return process.account(Exchange.OKX, MarketType.FUTURE, keys.apiKey(), keys.open());
  }

  private static OrderRequest order(ClientOrderId id) {
    return OrderRequest.market(
        id, Symbol.of("BTC/USDT"), Side.BUY, new BigDecimal("0.01"), PositionSide.NONE);
  }

  private static Instant soon(TradingAccount account) {
    return account.orders().exchangeTime().plus(account.orders().window());
  }
}
